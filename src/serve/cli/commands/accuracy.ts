/** `modeldex accuracy`: how right the prices of a source are. */
import type { Accuracy, PriceDifference } from "../../../domain/accuracy.ts";
import { instant, single } from "../../http/answers/envelope.ts";
import { refuseUnknown } from "../../http/answers/question.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { counted } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "OFFER", shrinksTo: 24 },
  { title: "METER" },
  { title: "IT SAYS $/M", align: "right" },
  { title: "IT IS $/M", align: "right" },
  { title: "OFF", align: "right" },
  { title: "ONCE TRUE" },
  { title: "AS" },
  { title: "SAID ON" },
];
/** What a person reads; `--json` has more. */
const SHOWN_MAX = 20;

export async function accuracy(host: Host, source: string, flags: Flags): Promise<ExitCode> {
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    refuseUnknown(
      "source",
      [source],
      application.sources.map(({ id }) => id),
    );
    const found = await application.provenance.accuracy(source, host.clock.now());
    if (flags["json"] === true) printJson(host, single(document(found)));
    else host.out.write(text(host, found));
    return 0;
  });
}

function document({ onceTrue, differences, at, ...found }: Accuracy): object {
  return {
    object: "accuracy",
    ...found,
    at: at === undefined ? undefined : instant(at),
    once_true: onceTrue,
    differences: differences.map(({ isWrong, wasOnceTrue, referenceAt, ...difference }) => ({
      ...difference,
      is_wrong: isWrong,
      was_once_true: wasOnceTrue,
      reference_at: instant(referenceAt),
    })),
  };
}

function text({ out }: Host, found: Accuracy): string {
  const { source, authority, at, compared, differing, wrong, onceTrue, unlisted, unpriced, unread } = found;
  const beside =
    authority === "own" ? "what is served" : "the gateways' own lists, each as it was nearest to that date";
  const shown = found.differences.slice(0, SHOWN_MAX);
  const rest = found.differences.length - shown.length;
  return [
    `${out.colours.bold(source)}${at === undefined ? " states no offer now" : `, as of ${instant(at)}, beside ${beside}`}\n`,
    `  ${counted(compared, "offer")} compared: ${differing} differ, ${wrong} by more than 2 %${share(wrong, compared)}; `,
    `${onceTrue} of those were true at another time\n`,
    `  not compared: ${unlisted} that the gateway does not list, ${unpriced} that it lists without a price, `,
    `${unread} of gateways whose own list was not read\n`,
    shown.length === 0 ? "" : `\n${table(out, COLUMNS, shown.map(row))}`,
    rest > 0 ? `and ${counted(rest, "price")} more: --json\n` : "",
  ].join("");
}

function share(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${((part / whole) * 100).toFixed(1)} %)`;
}

function row(difference: PriceDifference): readonly string[] {
  const { offer, meter, says, is, off, wasOnceTrue, reference, referenceAt } = difference;
  return [
    offer,
    meter,
    says,
    is,
    off === undefined ? "" : `${Math.round(off * 100)} %`,
    wasOnceTrue ? "yes" : "no",
    reference,
    instant(referenceAt).slice(0, 10),
  ];
}
