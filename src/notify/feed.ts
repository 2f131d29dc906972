/** Stories as a feed: Atom (RFC 4287) and JSON Feed 1.1. Ids are URLs that lead to what they name. Pure. */
import { textOf, titleOf } from "./sentence.ts";
import type { Story } from "./story.ts";

export interface Feed {
  readonly title: string;
  /** Where this very feed is, and the page that it is about. */
  readonly url: string;
  readonly home: string;
  /** Shown while no story has come. */
  readonly updatedAt: number;
  readonly stories: readonly Story[];
  /** Where a story can be read. */
  urlOf(story: Story): string;
}

export function atomFeed(feed: Feed): string {
  const entries = feed.stories.map(
    (story) => `  <entry>
    <id>${escaped(feed.urlOf(story))}</id>
    <title>${escaped(titleOf(story))}</title>
    <link rel="alternate" href="${escaped(feed.urlOf(story))}"/>
    <published>${instantText(story.firstAt)}</published>
    <updated>${instantText(story.lastAt)}</updated>
${story.topics.map((topic) => `    <category term="${escaped(topic)}"/>\n`).join("")}    <content type="text">${escaped(textOf(story))}</content>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escaped(feed.url)}</id>
  <title>${escaped(feed.title)}</title>
  <link rel="self" href="${escaped(feed.url)}"/>
  <link rel="alternate" href="${escaped(feed.home)}"/>
  <author><name>modeldex</name></author>
  <updated>${instantText(updatedAt(feed))}</updated>
${entries.join("")}</feed>
`;
}

export function jsonFeed(feed: Feed): string {
  return `${JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.url,
    items: feed.stories.map((story) => ({
      id: feed.urlOf(story),
      url: feed.urlOf(story),
      title: titleOf(story),
      content_text: textOf(story),
      date_published: instantText(story.firstAt),
      date_modified: instantText(story.lastAt),
      tags: story.topics,
    })),
  })}\n`;
}

function updatedAt({ stories, updatedAt: without }: Feed): number {
  return Math.max(...stories.map(({ lastAt }) => lastAt), stories.length === 0 ? without : 0);
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML knows no control characters, however they are written: they are left out. */
function escaped(text: string): string {
  return Array.from(text.toWellFormed(), (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isAllowed =
      code >= 0x20 ? code !== 0xfffe && code !== 0xffff : character === "\n" || character === "\t";
    return isAllowed ? (ENTITIES[character] ?? character) : "";
  }).join("");
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
