/** Paths of items as `domain/shape.ts` spells them: `pricing.prompt`, `providers[].status`. */

/** The paths that lie below no other of them: of a branch, its root alone. */
export function rootsOf(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return paths.filter((path) => !ancestorsOf(path).some((above) => all.has(above)));
}

export function childPath(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** A value for each path, where any says something: `null`, `""` and `[]` do not. */
export function examplesOf(items: readonly unknown[]): ReadonlyMap<string, unknown> {
  const examples = new Map<string, unknown>();
  for (const item of items) collect(item, "", 0);
  return examples;

  function collect(value: unknown, path: string, depth: number): void {
    if (path !== "" && (!examples.has(path) || (saysLittle(examples.get(path)) && !saysLittle(value))))
      examples.set(path, value);
    if (typeof value !== "object" || value === null || depth >= DEPTH_MAX) return;
    if (Array.isArray(value)) for (const inner of value) collect(inner, `${path}[]`, depth + 1);
    else for (const [key, inner] of Object.entries(value)) collect(inner, childPath(path, key), depth + 1);
  }
}

const DEPTH_MAX = 8;

function ancestorsOf(path: string): readonly string[] {
  return [...path.matchAll(/\.|\[\]/g)]
    .map(({ index }) => path.slice(0, index))
    .filter((each) => each !== "");
}

function saysLittle(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
