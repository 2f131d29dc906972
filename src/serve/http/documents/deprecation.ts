/** An offer that its gateway says will go. */
import * as z from "zod";
import { STATUSES } from "../../../domain/offer.ts";
import { Instant, named, page, RevisionNumber, Total } from "./named.ts";

const Deprecation = named(
  "Deprecation",
  z.strictObject({
    id: z.string().describe("The offer: `gateway/provider/native id`."),
    object: z.literal("deprecation"),
    gateway: z.string(),
    provider: z.string(),
    native_id: z.string(),
    model: z.string(),
    status: z.enum(STATUSES).optional(),
    deprecated_at: Instant.describe("When it is, or was, called deprecated.").optional(),
    ends_at: Instant.describe("When it ends.").optional(),
    successor: z.string().describe("What its gateway names in its place.").optional(),
  }),
);

export const DeprecationList = named(
  "DeprecationList",
  page(Deprecation, { total: Total, revision: RevisionNumber }),
);
