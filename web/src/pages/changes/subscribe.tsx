/** How to be told of exactly what this view shows: as a feed, as events, or at a URL of one's own. */
import { useState } from "react";
import { Menu } from "../../parts/menu.tsx";
import { feedPath, type Question } from "./question.ts";
import { eventsRequest, watchCommand, watchRequest } from "./subscription.ts";

export function Subscribe({ question }: { readonly question: Question }) {
  const { origin } = globalThis.location;
  return (
    <Menu title="Subscribe">
      <div className="card absolute right-0 z-20 mt-1 flex w-[34rem] max-w-[calc(100vw-32px)] flex-col gap-3 p-3 shadow-lg">
        <p className="text-[13px] text-quiet">
          To exactly this view, with its filters. What goes on is one entry of a feed: a price that moves five
          times in a week is one story. Of a past that was imported nothing is told.
        </p>
        <ul className="flex flex-col gap-1">
          {(["atom", "json"] as const).map((form) => (
            <li key={form}>
              <a className="link break-all" href={feedPath(form, question)}>
                {form === "atom" ? "Atom" : "JSON Feed"}
              </a>
              <Copy
                what={form === "atom" ? "Atom address" : "JSON Feed address"}
                text={`${origin}${feedPath(form, question)}`}
              />
            </li>
          ))}
        </ul>
        <Command title="Webhook, on the server" text={watchCommand(question)} />
        <Command title="Webhook, over HTTP (with the admin key)" text={watchRequest(question, origin)} />
        <Command title="As it happens (server-sent events)" text={eventsRequest(question, origin)} />
      </div>
    </Menu>
  );
}

function Command({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <h3 className="text-[13px] text-quiet">
        {title}
        <Copy what={title} text={text} />
      </h3>
      <pre
        className="card mt-1 overflow-x-auto p-2 font-mono text-[12px]"
        tabIndex={0}
        role="region"
        aria-label={title}
      >
        {text}
      </pre>
    </div>
  );
}

function Copy({ what, text }: { readonly what: string; readonly text: string }) {
  const [copied, setCopied] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      setCopied("");
    }
  };
  return (
    <button type="button" className="link relative ml-2 text-[13px]" onClick={() => void copy()}>
      {copied === text ? "copied" : "copy"}
      <span className="sr-only"> {what}</span>
    </button>
  );
}
