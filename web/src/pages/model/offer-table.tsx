/** Every offer of a model: who, at what price in all its parts, with which limits. */
import type { Offer } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { countText, tokensText } from "../../parts/figures.ts";
import { cheapestFirst, priceLines } from "../../parts/prices.ts";

export function OfferTable({ offers }: { readonly offers: readonly Offer[] }) {
  return (
    <section aria-labelledby="offers">
      <h2 id="offers" className="mb-2 text-[16px] font-semibold">
        Offers ({offers.length})
      </h2>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-labelledby="offers">
        <table className="plain-table min-w-[720px]">
          <thead>
            <tr>
              <th>Gateway</th>
              <th>Provider</th>
              <th>Price</th>
              <th className="text-right">Context</th>
              <th className="text-right">Output</th>
              <th>Status</th>
              <th>Called as</th>
              <th>Seen</th>
            </tr>
          </thead>
          <tbody>
            {offers.toSorted(cheapestFirst).map((offer) => (
              <Row key={offer.id} offer={offer} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ offer }: { readonly offer: Offer }) {
  const link = `${offer.link.rule}: ${offer.link.evidence}`;
  return (
    <tr>
      <td className="font-medium">{offer.gateway}</td>
      <td>{offer.provider === "unstated" ? <span className="text-quiet">–</span> : offer.provider}</td>
      <td>
        <Prices offer={offer} />
      </td>
      <td className="text-right">
        <Tokens count={offer.context_tokens} />
      </td>
      <td className="text-right">
        <Tokens count={offer.output_tokens_max} />
      </td>
      <td>
        <Status offer={offer} />
      </td>
      <td className="font-mono text-[12px] break-all" title={link}>
        {offer.call?.model ?? offer.native_id}
        {offer.quantization === undefined ? (
          ""
        ) : (
          <span className="ml-1 text-quiet">{offer.quantization}</span>
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
  if (lines.length === 0) {
    const how = offer.billing ?? "unknown";
    return how === "free" ? (
      <span className="text-good">free</span>
    ) : (
      <span className="text-quiet">{how}</span>
    );
  }
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

function Tokens({ count }: { readonly count: number | undefined }) {
  return count === undefined ? (
    <span className="text-quiet" title="Nobody states it">
      –
    </span>
  ) : (
    <span title={countText(count)}>{tokensText(count)}</span>
  );
}

function Status({ offer }: { readonly offer: Offer }) {
  const { status, ends_at: ends, successor, held } = offer;
  return (
    <>
      {status === undefined ? (
        <span className="text-quiet">–</span>
      ) : (
        <span className={status === "live" ? "text-good" : "text-warn"}>{status}</span>
      )}
      {ends === undefined ? (
        ""
      ) : (
        <span className="block text-[12px] text-warn">ends {ends.slice(0, 10)}</span>
      )}
      {successor === undefined ? "" : <span className="block text-[12px] text-quiet">then {successor}</span>}
      {held === undefined ? "" : <span className="block text-[12px] text-warn">{held.join(", ")} held</span>}
    </>
  );
}
