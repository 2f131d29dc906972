/** What is measured inside the page: written as functions that the browser gets whole, so they use nothing from outside. */

/** How long each frame took, in milliseconds, while a box is scrolled from its top to its end. */
export async function framesWhileScrolling(steps: number): Promise<readonly number[]> {
  // The explorer's table scrolls in a box of its own; a plain page scrolls itself.
  const box = document.querySelector<HTMLElement>('[role="table"]') ?? document.documentElement;
  const far = box.scrollHeight - box.clientHeight;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const frames: number[] = [];
  let before = await nextFrame();
  for (let step = 1; step <= steps; step += 1) {
    box.scrollTop = (far * step) / steps;
    // oxlint-disable-next-line no-await-in-loop -- one frame after the other is what is measured
    const now = await nextFrame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

/** The same by the wheel's distance: a screen at a time, as somebody reads. */
export async function framesWhileReading(steps: number): Promise<readonly number[]> {
  const box = document.querySelector<HTMLElement>('[role="table"]') ?? document.documentElement;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const frames: number[] = [];
  let before = await nextFrame();
  for (let step = 0; step < steps; step += 1) {
    box.scrollTop += 120;
    // oxlint-disable-next-line no-await-in-loop -- one frame after the other is what is measured
    const now = await nextFrame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

/** Before the page's own scripts: notes when the first row of models is there, since the navigation began. */
export function noteFirstRow(): void {
  const noted = globalThis as { firstRowAt?: number };
  new MutationObserver((_, observer) => {
    if (document.querySelector('[role="row"] a[href^="/models/"]') === null) return;
    observer.disconnect();
    // In the frame after this one it is on the screen.
    requestAnimationFrame(() => {
      noted.firstRowAt = performance.now();
    });
  }).observe(document, { childList: true, subtree: true });
}

/**
 * Listens for one key in the search field. What `nextRows` then holds says how many milliseconds passed until the rows of the
 * new question were on the screen, and how many of them the server's answer took.
 */
export function listenForNextKey(): void {
  const noted = globalThis as { nextRows?: Promise<{ readonly rows: number; readonly asked: number }> };
  noted.nextRows = new Promise((resolve) => {
    addEventListener(
      "keydown",
      () => {
        const pressed = performance.now();
        const wasAsked = (entry: PerformanceEntry) =>
          entry.startTime >= pressed && entry.name.includes("/v1/models?") && !entry.name.includes("facets=");
        // The rows of the question before are marked busy until those of the new one are there.
        // Where no model fits, the table is gone.
        new MutationObserver((seen, observer) => {
          const table = document.querySelector('[role="table"]');
          const isOfTable = seen.some(({ type }) => type === "attributes");
          if (table !== null && (!isOfTable || table.getAttribute("aria-busy") === "true")) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const asked = performance.getEntriesByType("resource").findLast(wasAsked);
            resolve({ rows: performance.now() - pressed, asked: asked?.duration ?? 0 });
          });
        }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-busy"] });
      },
      { capture: true, once: true },
    );
  });
}

/** What `listenForNextKey` found. */
export async function rowsOfThatKey(): Promise<{ readonly rows: number; readonly asked: number }> {
  const { nextRows } = globalThis as {
    nextRows?: Promise<{ readonly rows: number; readonly asked: number }>;
  };
  if (nextRows === undefined) throw new Error("nobody listened");
  return nextRows;
}
