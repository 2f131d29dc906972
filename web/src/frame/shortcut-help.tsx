/** The keys, on `?`. */
import { useRef } from "react";
import { useShortcut } from "../state/shortcut.ts";

const KEYS = [
  ["/", "search"],
  ["j k or ↓ ↑", "next and previous row"],
  ["Enter", "open the row"],
  ["c", "add the row to the comparison, or take it away"],
  ["f", "show and hide the filters"],
  ["Esc", "leave the field, close what is open"],
  ["?", "this help"],
] as const;

export function ShortcutHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  useShortcut("?", () => dialog.current?.showModal());
  return (
    <dialog ref={dialog} aria-labelledby="keys" className="card m-auto p-5 text-ink backdrop:bg-black/40">
      <h2 id="keys" className="mb-3 text-[15px] font-semibold">
        Keys
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
        {KEYS.map(([key, does]) => (
          <div key={key} className="contents">
            <dt className="font-mono text-[13px]">{key}</dt>
            <dd className="text-quiet">{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="mt-4 text-right">
        <button type="submit" className="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
