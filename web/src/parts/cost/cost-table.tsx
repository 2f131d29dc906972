/** Offers by what a usage costs at them, the cheapest first, each with a bar and its parts. */
import { usdText } from "../figures.ts";

export interface Cost {
  readonly model: string;
  readonly data: readonly {
    readonly offer: string;
    readonly gateway: string;
    readonly provider: string;
    readonly usd: string;
    readonly components: readonly { readonly meter: string; readonly usd: string }[];
  }[];
  readonly not_priced: readonly {
    readonly offer: string;
    readonly gateway: string;
    readonly provider: string;
    readonly detail: string;
  }[];
}

/** Beyond so many the dearest are counted, not shown. */
const SHOWN_MAX = 40;

export function CostTable({ costs, isMany }: { readonly costs: readonly Cost[]; readonly isMany: boolean }) {
  const offers = costs
    .flatMap(({ model, data }) => data.map((offer) => ({ ...offer, model })))
    // Each list comes in exact order; between lists the figure is compared, never shown.
    .toSorted((a, b) => Number(a.usd) - Number(b.usd));
  const most = Math.max(...offers.slice(0, SHOWN_MAX).map(({ usd }) => Number(usd)), Number.MIN_VALUE);
  const apart = costs.flatMap(({ not_priced: without }) => without);
  return (
    <>
      <div className="mt-3 overflow-x-auto" tabIndex={0} role="group" aria-label="Costs">
        <table className="plain-table min-w-[560px]">
          <thead>
            <tr>
              {isMany ? <th>Model</th> : undefined}
              <th>Offer</th>
              <th className="text-right">Cost</th>
              <th className="w-2/5">
                <span className="sr-only">Bar</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {offers.slice(0, SHOWN_MAX).map(({ offer, model, gateway, provider, usd, components }) => (
              <tr key={offer}>
                {isMany ? <td className="[overflow-wrap:anywhere]">{model}</td> : undefined}
                <td>
                  {gateway}
                  {provider === "unstated" || provider === gateway ? "" : ` · ${provider}`}
                  <span className="block text-[12px] text-quiet [overflow-wrap:anywhere]">
                    {nativeIdOf(offer) === model ? "" : `${nativeIdOf(offer)}: `}
                    {components
                      .map((part) => `${part.meter.replaceAll("_", " ")} ${usdText(part.usd)}`)
                      .join(" + ")}
                  </span>
                </td>
                <td className="text-right whitespace-nowrap">{usdText(usd)}</td>
                <td aria-hidden>
                  <span
                    className="block h-3 rounded-sm bg-accent"
                    style={{ width: `${barPercent(Number(usd), most)}%` }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {offers.length > SHOWN_MAX ? (
        <p className="mt-1 text-quiet">{offers.length - SHOWN_MAX} dearer ones are left out here.</p>
      ) : undefined}
      {apart.length === 0 ? undefined : (
        <details className="mt-2">
          <summary className="text-quiet">{apart.length} whose cost cannot be said</summary>
          <ul>
            {apart.map(({ offer, detail }) => (
              <li key={offer} className="border-t border-line py-1">
                <span className="break-all">{offer}</span> <span className="text-quiet">{detail}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What costs something can be seen; what is free has no bar. */
function barPercent(usd: number, most: number): number {
  const least = 0.5;
  return usd === 0 ? 0 : Math.max(least, (100 * usd) / most);
}

/** How the gateway spells it: one gateway may offer a model several times, under names of its own. */
function nativeIdOf(offer: string): string {
  return offer.split("/").slice(2).join("/");
}
