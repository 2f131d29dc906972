/** Every offer of a model: who, at what price in all its parts, with which limits, how fast, and how it is called. */
import { useState, type ReactNode } from "react";
import type { Offer } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { countText, tokensText } from "../../parts/figures.ts";
import { cheapestFirst, priceLines } from "../../parts/prices.ts";
import { snippetsOf } from "./calls/snippets.ts";
import { Sourced } from "./sourced.tsx";
import { useHistory, type Speed } from "./use-model.ts";

/** Beyond so many a field narrows them. */
const NARROWED_OVER = 12;

export function OfferTable({
  model,
  offers,
  onCall,
}: {
  readonly model: string;
  readonly offers: readonly Offer[];
  onCall(offer: string): void;
}) {
  const [words, setWords] = useState("");
  const history = useHistory(model);
  const speeds = new Map(history.data?.offers.flatMap(({ offer, speed }) => (speed ? [[offer, speed]] : [])));
  const shown = offers
    .filter(({ id }) => id.toLowerCase().includes(words.trim().toLowerCase()))
    .toSorted(cheapestFirst);
  if (offers.length === 0)
    return (
      <section aria-labelledby="offers">
        <h2 id="offers" className="mb-2 text-[16px] font-semibold">
          Offers (0)
        </h2>
        <p className="text-quiet">Nobody offers it now, as far as the sources that are read say.</p>
      </section>
    );
  return (
    <section aria-labelledby="offers">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h2 id="offers" className="text-[16px] font-semibold">
          Offers ({offers.length})
        </h2>
        {offers.length > NARROWED_OVER ? (
          <input
            type="search"
            className="field w-56 py-0.5 text-[13px]"
            placeholder="Gateway, provider or id"
            aria-label="Find an offer"
            onChange={({ target }) => setWords(target.value)}
          />
        ) : undefined}
        <span className="text-[13px] text-quiet" role="status">
          {shown.length === offers.length ? "The cheapest input first" : `${shown.length} shown`}
        </span>
      </div>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-labelledby="offers">
        <table className="plain-table min-w-[860px]">
          <thead>
            <tr>
              <th>Gateway</th>
              <th>Provider</th>
              <th>Price</th>
              <th className="text-right">Context</th>
              <th className="text-right">Output</th>
              {speeds.size > 0 ? <th className="text-right">Speed</th> : undefined}
              <th>Status</th>
              <th>Called as</th>
              <th>Seen</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((offer) => (
              <Row
                key={offer.id}
                offer={offer}
                speed={speeds.size > 0 ? (speeds.get(offer.id) ?? "unknown") : undefined}
                onCall={onCall}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({
  offer,
  speed,
  onCall,
}: {
  readonly offer: Offer;
  readonly speed: Speed | "unknown" | undefined;
  onCall(offer: string): void;
}) {
  const link = `${offer.link.rule}: ${offer.link.evidence}`;
  const of = (field: string, what: string) => ({
    field,
    offer: offer.id,
    title: `${what} at ${offer.gateway}`,
    pinned: offer.pinned?.includes(field) === true,
  });
  const money = offer.prices === undefined ? "billing" : "prices";
  return (
    <tr>
      <td className="font-medium">
        {offer.gateway}
        {offer.attested === "third-party" ? (
          <span
            className="block text-[12px] font-normal text-quiet"
            title="No list of the gateway's own says so"
          >
            by others' word
          </span>
        ) : undefined}
      </td>
      <td>{offer.provider === "unstated" ? <Unstated /> : offer.provider}</td>
      <td>
        <Sourced {...of(money, "Price")}>
          <Prices offer={offer} />
        </Sourced>
      </td>
      <td className="text-right">
        <Tokens count={offer.context_tokens} of={of("context_tokens", "Context")} />
      </td>
      <td className="text-right">
        <Tokens count={offer.output_tokens_max} of={of("output_tokens_max", "Output at most")} />
      </td>
      {speed === undefined ? undefined : (
        <td className="text-right whitespace-nowrap">
          <Fast speed={speed} />
        </td>
      )}
      <td>
        <Status offer={offer} />
      </td>
      <td>
        <span className="font-mono text-[12px] break-all" title={link}>
          {offer.call?.model ?? offer.native_id}
        </span>
        {[offer.quantization, offer.variant, offer.regions?.join(", ")].map((tag) =>
          tag === undefined ? undefined : (
            <span key={tag} className="ml-1 text-[12px] text-quiet">
              {tag}
            </span>
          ),
        )}
        {offer.call === undefined ? undefined : (
          <button type="button" className="link relative ml-1 text-[12px]" onClick={() => onCall(offer.id)}>
            {snippetsOf(offer.call.protocol) === undefined ? "base URL" : "snippet"}
            <span className="sr-only"> to call {offer.id}</span>
          </button>
        )}
      </td>
      <td className="whitespace-nowrap text-quiet">
        {offer.last_seen === undefined ? "–" : <Ago at={offer.last_seen} />}
        <span className="block text-[12px]" title="The source with the last word">
          {offer.source}
        </span>
      </td>
    </tr>
  );
}

function Prices({ offer }: { readonly offer: Offer }) {
  const lines = priceLines(offer);
  if (lines.length === 0) return <Billing how={offer.billing ?? "unknown"} />;
  return (
    <ul>
      {lines.map(({ what, price, when }) => (
        <li key={`${what} ${when}`} className="whitespace-nowrap">
          <span className="inline-block w-28 text-quiet">{what}</span>
          {price}
          {when === "" ? "" : <span className="ml-2 text-quiet">{when}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Free is stated, a subscription is another way of paying, and unknown is none of them. */
function Billing({ how }: { readonly how: string }) {
  if (how === "free") return <span className="text-good">free</span>;
  if (how === "subscription") return <span className="chip">subscription</span>;
  return <span className="text-quiet">{how}</span>;
}

function Tokens({
  count,
  of,
}: {
  readonly count: number | undefined;
  readonly of: {
    readonly field: string;
    readonly offer: string;
    readonly title: string;
    readonly pinned: boolean;
  };
}) {
  if (count === undefined) return <Unstated />;
  return (
    <Sourced {...of}>
      <span title={countText(count)}>{tokensText(count)}</span>
    </Sourced>
  );
}

function Fast({ speed }: { readonly speed: Speed | "unknown" }) {
  if (speed === "unknown") return <Unstated />;
  const { tokens_per_second: rate, first_token_latency_ms: latency, source, observed_at: at } = speed;
  return (
    <span title={`${source} measured it, ${at}`}>
      {rate === undefined ? undefined : <span className="block">{Math.round(rate)} tokens/s</span>}
      {latency === undefined ? undefined : (
        <span className="block text-[12px] text-quiet">{(latency / 1_000).toFixed(2)} s to the first</span>
      )}
    </span>
  );
}

function Status({ offer }: { readonly offer: Offer }) {
  const { status, ends_at: ends, deprecated_at: deprecated, successor, held } = offer;
  return (
    <>
      {status === undefined ? (
        <Unstated />
      ) : (
        <span className={status === "live" ? "text-good" : "text-warn"}>{status}</span>
      )}
      {deprecated === undefined ? undefined : <Note>deprecated {deprecated.slice(0, 10)}</Note>}
      {ends === undefined ? undefined : <Note>ends {ends.slice(0, 10)}</Note>}
      {successor === undefined ? undefined : (
        <span className="block text-[12px] text-quiet">then {successor}</span>
      )}
      {held === undefined ? undefined : <Note>{held.join(", ")} held</Note>}
    </>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <span className="block text-[12px] text-warn">{children}</span>;
}

function Unstated() {
  return (
    <span className="text-quiet" title="Nobody states it">
      –
    </span>
  );
}
