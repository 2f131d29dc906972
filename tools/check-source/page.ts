/** A check as a person reads it. Whatever an upstream wrote is made harmless for a terminal. */
import type { Finding } from "../../src/domain/finding.ts";
import { plain } from "../../src/serve/cli/plain.ts";
import type { Screen } from "../../src/serve/cli/screen.ts";
import { table } from "../../src/serve/cli/table.ts";
import type { Check, Drifted, Unread } from "./check.ts";
import type { Golden } from "./golden.ts";

const LINES_MAX = 40;
const EXAMPLE_LENGTH_MAX = 60;

export function checkPage(check: Check, screen: Screen): string {
  const section = (title: string, rows: readonly (readonly string[])[], columns: readonly string[] = []) =>
    rows.length === 0 ? "" : `\n${screen.colours.bold(title)}\n${indented(screen, columns, rows)}`;
  return [
    `${plain(check.title)} (${check.source})\n\n`,
    answersTable(check, screen),
    section("rejected", check.rejected.map(findingRow), ["AT", "WHY", "ITEM"]),
    section("left out", counts(check.ignored), ["WHY", "ITEMS"]),
    section("unknown words", check.unknownWords.map(findingRow)),
    section("findings", check.otherFindings.map(findingRow)),
    section("fields of the listings", fieldRows(check), ["FIELD", "FILLED", "EXAMPLE"]),
    check.neverFilled.length === 0 ? "" : `\nnever filled: ${check.neverFilled.join(", ")}\n`,
    section("on the wire, and not read", check.unread.map(unreadRow), ["PATH", "TYPE", "ITEMS", "EXAMPLE"]),
    check.drift === undefined ? "" : section("drift against the fixture", driftRows(check.drift)),
    section(
      "prices, in dollars for a million tokens",
      check.prices.map(({ offer, prices }) => [offer, prices]),
    ),
    `\ngolden result: ${plain(goldenText(check.golden))}\n`,
  ].join("");
}

function answersTable({ answers }: Check, screen: Screen): string {
  const number = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "ANSWER" },
    { title: "OUTCOME" },
    number("ROWS"),
    number("UNIQUE"),
    number("OFFERS"),
    number("REJECTED"),
  ];
  const rows = answers.map(({ name, outcome, rows: items, unique, offers, rejected }) => [
    name,
    outcome,
    ...[items, unique, offers, rejected].map(String),
  ]);
  const words = answers.flatMap(({ coverage, error }) =>
    [error, coverage].filter((text) => text !== undefined),
  );
  return table(screen, columns, rows) + words.map((text) => `${plain(text)}\n`).join("");
}

function indented(screen: Screen, titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => ({ title: titles[index] ?? "" }));
  const lines = table(screen, columns, rows.slice(0, LINES_MAX))
    .split("\n")
    .slice(titles.length === 0 ? 1 : 0, -1);
  const more = rows.length > LINES_MAX ? [`… and ${rows.length - LINES_MAX} more`] : [];
  return [...lines, ...more].map((line) => `  ${line}\n`).join("");
}

function fieldRows({ fields }: Check): readonly (readonly string[])[] {
  return fields.map(({ field, share, example }) => [field, percent(share), exampleText(example)]);
}

function findingRow({ subject, pointer, message }: Finding): readonly string[] {
  return [pointer ?? "", message, subject];
}

function unreadRow({ path, types, share, example }: Unread): readonly string[] {
  return [path, types, percent(share), exampleText(example)];
}

function driftRows(drift: readonly Drifted[]): readonly (readonly string[])[] {
  if (drift.length === 0) return [["none"]];
  return drift.map(({ subject, message, isRead }) => [subject, message, isRead ? "read by the source" : ""]);
}

function goldenText({ file, state, at }: Golden): string {
  if (state === "holds") return `holds (${file})`;
  if (state === "absent") return `${file} is not there; --write-golden writes it`;
  const where =
    at === undefined ? "" : ` at line ${at.line}: ${at.golden || "nothing"}, now ${at.now || "nothing"}`;
  return `differs from ${file}${where}; --write-golden rewrites it`;
}

function counts(ignored: Check["ignored"]): readonly (readonly string[])[] {
  return Object.entries(ignored).map(([reason, items]) => [reason, String(items)]);
}

function percent(share: number): string {
  return share < 0.01 ? "< 1 %" : `${Math.floor(share * 100)} %`;
}

function exampleText(example: unknown): string {
  const text = typeof example === "string" ? example : (JSON.stringify(example) ?? "");
  const short = text.slice(0, EXAMPLE_LENGTH_MAX).toWellFormed();
  return text.length > EXAMPLE_LENGTH_MAX ? `${short}…` : short;
}
