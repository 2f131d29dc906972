/** A story in words, for people who read feeds. Plain text: whoever shows it escapes it. Pure. */
import { movedTexts, nameOf } from "./moved-text.ts";
import type { Move, Story } from "./story.ts";

/** What is told in a title; the rest is in the text. */
const TITLE_PARTS_MAX = 2;

const VERBS = { added: "is new", removed: "is gone", returned: "is back", changed: "changed" } as const;

/** One line. */
export function titleOf(story: Story): string {
  const parts = story.kind === "changed" ? story.fields.flatMap(partsOf) : [];
  const shown = parts.slice(0, TITLE_PARTS_MAX).join(", ");
  const rest = parts.length - TITLE_PARTS_MAX;
  const what = parts.length === 0 ? VERBS[story.kind] : `${shown}${rest > 0 ? ` and ${rest} more` : ""}`;
  return `${story.subjectId}: ${what}${often(story)}`;
}

/** Each field on a line of its own. */
export function textOf(story: Story): string {
  const lines = [titleOf(story), ...story.fields.flatMap((move) => [...partsOf(move), ...boundsOf(move)])];
  const times =
    story.count === 1
      ? []
      : [`${story.count} changes from ${instantText(story.firstAt)} to ${instantText(story.lastAt)}`];
  const cause = story.cause === "upstream" ? [] : [`because of: ${story.cause}`];
  return [...lines, ...times, ...cause].join("\n");
}

function often({ count }: Story): string {
  return count === 1 ? "" : ` (${count} changes)`;
}

function partsOf(move: Move): readonly string[] {
  return movedTexts(move).map(({ what, how }) => `${what} ${how}`);
}

function boundsOf({ field, min, max, range = [] }: Move): readonly string[] {
  const bounds = range
    .filter((each) => each.min !== each.max)
    .map((each) => `${nameOf(each)}: between $${each.min} and $${each.max} per ${each.unit}`);
  return min === undefined || max === undefined || min === max
    ? bounds
    : [...bounds, `${field}: between ${min} and ${max}`];
}

function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
