/** The registry with one more source: its import in the order of the files' names, its entry beside its kin or last. */

const IMPORT = /^import \{ (\w+) \} from "\.\/([\w-]+)\.ts";$/;
const LIST = /(export const SOURCES: readonly Source\[\] = \[\n)([^\]]*)(\];)/;

export interface RegistryLine {
  readonly id: string;
  readonly identifier: string;
}

export function registryOf(text: string): readonly RegistryLine[] {
  return text.split("\n").flatMap((line) => {
    const [, identifier, id] = IMPORT.exec(line) ?? [];
    return identifier === undefined || id === undefined ? [] : [{ id, identifier }];
  });
}

/** Throws where the registry is not written as it should be. */
export function withSource(text: string, source: RegistryLine): string {
  const lines = registryOf(text);
  const after = lines.findLast(({ id }) => fileName(id) < fileName(source.id));
  const imported =
    after === undefined
      ? text.replace(importOf(lines[0]), `${importOf(source)}\n${importOf(lines[0])}`)
      : text.replace(importOf(after), `${importOf(after)}\n${importOf(source)}`);
  const added = imported.replace(LIST, (_, head: string, entries: string, tail: string) => {
    const names = entries.split("\n").filter((line) => line.trim() !== "");
    return `${head}${names.toSpliced(placeOf(names, lines, source), 0, `  ${source.identifier},`).join("\n")}\n${tail}`;
  });
  if (added === imported || imported === text) throw new Error("the registry is not written as it should be");
  return added;
}

/** A second list of the same company stands behind the first. */
function placeOf(names: readonly string[], lines: readonly RegistryLine[], { id }: RegistryLine): number {
  const kin = new Set(
    lines.filter((line) => id.startsWith(`${line.id}-`)).map(({ identifier }) => `  ${identifier},`),
  );
  const last = names.findLastIndex((name) => kin.has(name));
  return last === -1 ? names.length : last + 1;
}

function importOf(line: RegistryLine | undefined): string {
  return line === undefined ? "" : `import { ${line.identifier} } from "./${line.id}.ts";`;
}

function fileName(id: string): string {
  return `./${id}.ts`;
}
