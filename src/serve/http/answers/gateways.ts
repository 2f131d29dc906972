/** The gateways of a revision with their counts, and which gateways and providers a question may name. */
import * as z from "zod";
import type { Shelf } from "../../../catalog/catalog.ts";
import { countGateways } from "../../../catalog/find.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { listOf } from "./envelope.ts";
import { refuseUnknown } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

export const GatewayQuestion = z.strictObject({});

export function gatewayList(application: Application): RevisionAnswer {
  const shelf = currentShelf(application);
  return {
    shelf,
    bytes: () => {
      const gateways = countGateways(shelf).map(({ id, models, offers }) => ({
        id,
        object: "gateway",
        models,
        offers,
        sources: application.sources.filter((source) => source.gateway === id).map((source) => source.id),
      }));
      return listOf(gateways, { total: gateways.length, has_more: false, revision: shelf.catalog.revision });
    },
  };
}

/** Throws `BadQuestion` for a gateway that neither the catalog nor any source knows, and for such a provider. */
export function refuseUnknownPlaces(
  application: Application,
  shelf: Shelf | undefined,
  asked: {
    readonly gateway?: readonly string[] | undefined;
    readonly provider?: readonly string[] | undefined;
  },
): void {
  const columns = shelf?.catalog.columns;
  // A third party's list speaks of the gateways of others, and is none itself.
  const own = application.sources.filter((source) => source.authority === "own");
  const declared = own.map((source) => source.gateway);
  const gateways = [...new Set([...(columns?.gateways ?? []), ...declared])].toSorted();
  refuseUnknown("gateway", gatewaysAsked(asked.gateway) ?? [], gateways);
  refuseUnknown(
    "provider",
    asked.provider ?? [],
    [...new Set([...(columns?.providers ?? []), ...gateways])].toSorted(),
  );
}
