/** OpenAI's plain list, `{ object: "list", data: [{ id, object, created, owned_by }] }`, which many upstreams answer with and say no more. */
import * as z from "zod";
import type { Draft } from "../domain/listing.ts";
import type { Auth } from "./auth.ts";
import { singlePage } from "./paging.ts";
import { defineSource, type WebSource } from "./source.ts";
import { Id, Text, UnixSeconds } from "./wire.ts";

/** A row of the plain list. Some leave out `created`, some `owned_by`. */
export const PlainModel = z.object({ id: Id, created: UnixSeconds, owned_by: Text });
export type PlainModel = z.infer<typeof PlainModel>;

export interface PlainList {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  /** The gateway runs the weights itself: it is the provider too. */
  readonly gateway: string;
  readonly baseUrl: string;
  readonly auth: Auth;
  /** What a row says beside its id; `created` and `owned_by` mean something at some upstreams only. */
  facts(model: PlainModel): Omit<Draft, "nativeId" | "gateway" | "provider">;
}

/** Declares an upstream that answers `GET /models` with the plain list in one page. */
export function definePlainList({ facts, ...list }: PlainList): WebSource {
  return defineSource({
    ...list,
    authority: "own",
    views: [{ name: "models", path: "/models" }],
    paging: singlePage,
    items: "data",
    item: PlainModel,
    listings: (model) => [{ ...facts(model), nativeId: model.id, provider: list.gateway }],
  });
}
