/** Numbers as a line of small bars. */

const BARS = "▁▂▃▄▅▆▇█";

/** One bar for each number, the lowest bar for the lowest; none where there are no two. */
export function trend(numbers: readonly number[]): string {
  if (numbers.length < 2) return "";
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const step = (high - low) / (BARS.length - 1);
  return numbers.map((number) => BARS.charAt(step === 0 ? 0 : Math.round((number - low) / step))).join("");
}

/** So many of them, evenly, the last one among them. */
export function thinned<One>(all: readonly One[], most: number): readonly One[] {
  if (all.length <= most) return all;
  return Array.from(
    { length: most },
    (_, index) => all[Math.round(((index + 1) * all.length) / most) - 1],
  ).flatMap((one) => one ?? []);
}
