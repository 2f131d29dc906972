/** `modeldex hide | pin | alias`, their opposites, and the list of what is in force. */
import type { Decision } from "../../../domain/decision.ts";
import { UnknownName, type Application } from "../../application.ts";
import { checkedDecision, decidedDocument, targetsOf } from "../../deciding.ts";
import { instant, listOf } from "../../http/answers/envelope.ts";
import { currentShelf } from "../../http/answers/revision.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { revisionLine } from "../summary.ts";
import { table, type Column } from "../table.ts";

export function hide(host: Host, id: string, flags: Flags): Promise<ExitCode> {
  return decide(host, [{ kind: "hide", target: id }], flags);
}

export function pin(host: Host, id: string, pins: readonly string[], flags: Flags): Promise<ExitCode> {
  const decisions = pins.map((written): Decision => {
    const equals = written.indexOf("=");
    if (equals <= 0) throw new UsageError(`a pin is written field=value, not ${plain(written)}`);
    return { kind: "pin", target: id, field: written.slice(0, equals), value: written.slice(equals + 1) };
  });
  return decide(host, decisions, flags);
}

export function alias(host: Host, id: string, model: string, flags: Flags): Promise<ExitCode> {
  return decide(host, [{ kind: "alias", target: id, model }], flags);
}

async function decide(host: Host, decisions: readonly Decision[], flags: Flags): Promise<ExitCode> {
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const shelf = currentShelf(application);
    // All are looked at before the first is taken.
    const checked = decisions.map((decision) => checkedDecision(shelf, decision));
    let { revision } = shelf.catalog;
    for (const decision of checked) ({ revision } = await application.decide(decision));
    return told(host, application, flags, [...checked.map(sentence), revisionLine(revision, application)]);
  });
}

/** Takes back what was decided of this kind about an id; of pins those of one field, where one is named. */
export async function takeBack(
  host: Host,
  kind: Decision["kind"],
  id: string,
  field: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const targets = targetsOf(application.shelf(), id);
    const his = (await application.decided()).filter(
      (decided) =>
        decided.kind === kind &&
        targets.includes(decided.target) &&
        (field === undefined || (decided.kind === "pin" && decided.field === field)),
    );
    if (his.length === 0)
      throw new UnknownName(`no ${kind} of ${id} is in force; modeldex overrides lists what is`);
    let revision = 0;
    for (const decided of his) ({ revision } = await application.withdraw(decided.id));
    const lines = his.map((decided) => `taken back: ${sentence(decided)}`);
    return told(host, application, flags, [...lines, revisionLine(revision, application)]);
  });
}

export async function overrides(host: Host, flags: Flags): Promise<ExitCode> {
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const decided = await application.decided();
    const text =
      decided.length === 0
        ? "nothing is hidden, pinned or aliased\n"
        : table(
            host.out,
            COLUMNS,
            decided.map((each) => [
              String(each.id),
              each.kind,
              each.target,
              whatOf(each),
              instant(each.createdAt),
            ]),
          );
    return told(host, application, flags, [text]);
  });
}

const COLUMNS: readonly Column[] = [
  { title: "NUMBER", align: "right" },
  { title: "KIND" },
  { title: "ID", shrinksTo: 20 },
  { title: "IS", shrinksTo: 12 },
  { title: "SINCE" },
];

/** In words, or with `--json` as the list of what is in force. */
async function told(
  host: Host,
  application: Application,
  flags: Flags,
  lines: readonly string[],
): Promise<ExitCode> {
  if (flags["json"] === true) {
    const documents = (await application.decided()).map(decidedDocument);
    printJson(host, listOf(documents, { total: documents.length, has_more: false }));
  } else {
    for (const line of lines) host.out.write(line.endsWith("\n") ? line : `${line}\n`);
  }
  return 0;
}

function sentence(decision: Decision): string {
  return decision.kind === "hide"
    ? `${plain(decision.target)} is hidden`
    : `${plain(decision.target)}: ${plain(whatOf(decision))}`;
}

function whatOf(decision: Decision): string {
  switch (decision.kind) {
    case "hide":
      return "";
    case "pin":
      return `${decision.field} = ${decision.value}`;
    case "alias":
      return decision.model;
  }
}
