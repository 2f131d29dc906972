/** Which columns the table has. */
import { Menu } from "../../parts/menu.tsx";
import { COLUMNS, type Column } from "./columns.tsx";

export function ColumnMenu({
  shown,
  onShown,
}: {
  readonly shown: readonly Column[];
  onShown(names: readonly string[]): void;
}) {
  const names = shown.map(({ name }) => name);
  return (
    <Menu title="Columns">
      <fieldset className="card absolute right-0 z-20 mt-1 w-44 p-2 shadow-lg">
        <legend className="sr-only">Columns</legend>
        {COLUMNS.filter(({ isShown }) => isShown !== "always").map(({ name, title }) => (
          <label key={name} className="flex items-center gap-2 px-1 py-0.5">
            <input
              type="checkbox"
              className="accent-(--accent)"
              checked={names.includes(name)}
              onChange={({ target }) =>
                onShown(target.checked ? [...names, name] : names.filter((one) => one !== name))
              }
            />
            {title}
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}
