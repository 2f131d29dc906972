/**
 * A fact with who says so: shown while the mouse is over it or the keyboard is on its mark, and by a tap on the mark. Escape
 * closes it.
 */
import { createContext, useContext, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Failed } from "../../parts/standing.tsx";
import { Said } from "./said.tsx";
import { useExplanation } from "./use-model.ts";

/** The model whose facts are shown, and the fields in which an operator's word stands. */
export const OfModel = createContext<{ readonly id: string; readonly pinned: readonly string[] }>({
  id: "",
  pinned: [],
});

interface SourcedProps {
  /** As the document names it. */
  readonly field: string;
  /** What is read out for the mark. */
  readonly title: string;
  /** The offer whose fact it is, by its id; else it is the model's. */
  readonly offer?: string;
  readonly pinned?: boolean;
  readonly children: ReactNode;
}

const HOVER_MS = 120;

export function Sourced({ field, title, offer, pinned, children }: SourcedProps) {
  const model = useContext(OfModel);
  const [open, setOpen] = useState<"no" | "passing" | "held">("no");
  const hovering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const box = useRef<HTMLSpanElement>(null);
  const id = useId();
  useEffect(() => () => clearTimeout(hovering.current), []);
  useEffect(() => {
    if (open === "no") return;
    const closeElsewhere = (event: Event) => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen("no");
    };
    document.addEventListener("pointerdown", closeElsewhere);
    // It is fixed to the window: what is scrolled away beneath it would leave it behind.
    document.addEventListener("scroll", closeElsewhere, true);
    return () => {
      document.removeEventListener("pointerdown", closeElsewhere);
      document.removeEventListener("scroll", closeElsewhere, true);
    };
  }, [open]);
  return (
    <span
      ref={box}
      className="relative inline-flex max-w-full items-start gap-1"
      onPointerEnter={({ pointerType }) => {
        // A finger does not hover: it taps the mark.
        if (pointerType === "touch" || open !== "no") return;
        hovering.current = setTimeout(() => setOpen("passing"), HOVER_MS);
      }}
      onPointerLeave={() => {
        clearTimeout(hovering.current);
        setOpen((before) => (before === "passing" ? "no" : before));
      }}
      onFocus={({ target }) => {
        // A click focuses too, and then says itself what is to happen.
        if (target.matches(":focus-visible")) setOpen((before) => (before === "no" ? "passing" : before));
      }}
      onBlur={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || box.current?.contains(relatedTarget) !== true) setOpen("no");
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || open === "no") return;
        event.stopPropagation();
        setOpen("no");
      }}
    >
      <span className="min-w-0 break-words">{children}</span>
      <button
        type="button"
        className="sourced-mark"
        aria-label={`Who says so: ${title}`}
        aria-expanded={open !== "no"}
        aria-controls={open === "no" ? undefined : id}
        onClick={() => setOpen((before) => (before === "held" ? "no" : "held"))}
      >
        <span aria-hidden>{pinned === true || model.pinned.includes(field) ? "✎" : "i"}</span>
      </button>
      {open === "no" ? undefined : (
        <Popover id={id} title={title}>
          <Explanation
            model={model.id}
            field={field}
            offer={offer}
            isPinned={pinned ?? (offer === undefined && model.pinned.includes(field))}
          />
        </Popover>
      )}
    </span>
  );
}

const EDGE_PX = 12;

/** Below what it explains, and never beyond the edge of the window. */
function Popover({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const place = box.current;
    const around = place?.parentElement;
    if (place === null || around === null || around === undefined) return;
    const { left, bottom, top } = around.getBoundingClientRect();
    const { width, height } = place.getBoundingClientRect();
    const isBelow = bottom + height + EDGE_PX < globalThis.innerHeight || top < height + EDGE_PX;
    place.style.left = `${Math.max(EDGE_PX, Math.min(left, globalThis.innerWidth - width - EDGE_PX))}px`;
    place.style.top = `${isBelow ? bottom : top - height}px`;
  });
  return (
    <span
      ref={box}
      id={id}
      role="group"
      aria-label={`Who says so: ${title}`}
      className="card fixed z-40 block max-h-80 w-80 max-w-[calc(100vw-24px)] overflow-y-auto p-3 text-left text-[13px] leading-snug font-normal whitespace-normal shadow-lg"
    >
      {children}
    </span>
  );
}

function Explanation({
  model,
  field,
  offer,
  isPinned,
}: {
  readonly model: string;
  readonly field: string;
  readonly offer: string | undefined;
  readonly isPinned: boolean;
}) {
  const explanation = useExplanation(model, true);
  if (explanation.isError)
    return <Failed error={explanation.error} again={() => void explanation.refetch()} />;
  if (explanation.data === undefined) return <span className="text-quiet">Asking who says so …</span>;
  const { model: ofModel, offers } = explanation.data;
  const said = offer === undefined ? ofModel[field] : offers[offer]?.[field];
  return <Said said={said} field={field} isPinned={isPinned} />;
}
