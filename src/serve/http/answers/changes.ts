/** What changed, page by page: each change, or each story as one. */
import * as z from "zod";
import { changeDocument } from "../../../notify/change-document.ts";
import { tell, type Story } from "../../../notify/story.ts";
import type { Application } from "../../application.ts";
import { filterOf, LOOKING_BACK } from "./change-filter.ts";
import { instant, listOf } from "./envelope.ts";
import { limit } from "./words.ts";

const id = z.coerce.number().int().min(0).optional();
const cursor = id.describe("Where a page begins: `next_cursor` of the page before.");

export const ChangeQuestion = z.strictObject({
  ...LOOKING_BACK,
  story: id.describe("The changes of one story, by its number."),
  order: z
    .enum(["asc", "desc"])
    .default("asc")
    .describe("By when it happened: `asc`: the oldest first; `desc`: the latest first. Without it asc."),
  limit,
  cursor,
  after: id.describe(
    "Changes with a higher number, in the order of their numbers, for whoever has seen all up to this one: what an import tells of the past comes last, whenever it happened.",
  ),
});
export type ChangeQuestion = z.infer<typeof ChangeQuestion>;

export const StoryQuestion = z.strictObject({ ...LOOKING_BACK, limit, cursor });
export type StoryQuestion = z.infer<typeof StoryQuestion>;

type Answering = Pick<Application, "shelf" | "sources" | "ledger">;

/** Throws `BadQuestion` for unknown names and for what is no moment. */
export async function changeList(
  application: Answering,
  question: ChangeQuestion,
  now: number,
): Promise<Buffer> {
  const { order, after, story } = question;
  const filter = await filterOf(application, question, now, undefined);
  const [from, before] = order === "asc" ? [question.cursor, undefined] : [undefined, question.cursor];
  const afterId = Math.max(from ?? 0, after ?? 0);
  const found = await application.ledger.changes({
    ...filter,
    ...(story === undefined ? {} : { story }),
    ...(afterId === 0 ? {} : { afterId }),
    ...(before === undefined ? {} : { beforeId: before }),
    ...(after === undefined ? {} : { by: "number" }),
    order,
    limit: question.limit + 1,
  });
  const page = found.slice(0, question.limit);
  return listOf(page.map(changeDocument), tailOf(application, found.length > page.length, page.at(-1)?.id));
}

/** The latest first. Throws `BadQuestion`. */
export async function storyList(
  application: Answering,
  question: StoryQuestion,
  now: number,
): Promise<Buffer> {
  const filter = await filterOf(application, question, now, undefined);
  const found = await application.ledger.stories({
    ...filter,
    ...(question.cursor === undefined ? {} : { beforeId: question.cursor }),
    limit: question.limit + 1,
  });
  const page = found.slice(0, question.limit).flatMap((changes) => tell(changes) ?? []);
  return listOf(
    page.map(storyDocument),
    tailOf(application, found.length > page.length, page.at(-1)?.lastId),
  );
}

function storyDocument(story: Story): object {
  return {
    id: story.id,
    object: "story",
    first_at: instant(story.firstAt),
    last_at: instant(story.lastAt),
    count: story.count,
    revision: story.revision,
    subject: story.subject,
    subject_id: story.subjectId,
    kind: story.kind,
    topics: story.topics,
    cause: story.cause,
    gateway: story.gateway,
    model: story.model,
    fields: story.fields,
  };
}

function tailOf({ shelf }: Answering, has_more: boolean, last: number | undefined) {
  const revision = shelf()?.catalog.revision;
  return {
    has_more,
    ...(has_more && last !== undefined ? { next_cursor: String(last) } : {}),
    ...(revision === undefined ? {} : { revision }),
  };
}
