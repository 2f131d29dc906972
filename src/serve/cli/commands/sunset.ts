/** `modeldex sunset`: is anything that this list names about to go? A check for other people's CI. */
import { readFileSync } from "node:fs";
import { fatesOf, type Fate } from "../../http/answers/sunset.ts";
import { settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain, plainJson } from "../plain.ts";
import { counted } from "../words.ts";

const NAMES_MAX = 10_000;
const FILE_BYTES_MAX = 4 * 1024 ** 2;

export async function sunset(host: Host, named: readonly string[], flags: Flags): Promise<ExitCode> {
  const names = [...named, ...(await namesIn(host, flags["in"]))];
  if (names.length === 0)
    throw new UsageError("name models, or a file that names one on each line: --in models.txt");
  if (names.length > NAMES_MAX) throw new UsageError(`more than ${NAMES_MAX} names at once`);
  const within = typeof flags["within"] === "string" ? flags["within"] : WITHIN;
  const { gateway } = flags;
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const question = { within, ...(typeof gateway === "string" ? { gateway } : {}) };
    const fates = await fatesOf(application, names, question, host.clock.now());
    if (flags["json"] === true)
      host.out.write(plainJson(`${JSON.stringify({ object: "sunset", within, data: fates })}\n`));
    else host.out.write(fates.map(textOf).join("") + below(fates, within));
    return codeOf(fates);
  });
}

const WITHIN = "90d";

/** One on each line; what follows a # is a remark. */
async function namesIn(host: Host, file: Flags[string]): Promise<readonly string[]> {
  if (typeof file !== "string") return [];
  const text = file === "-" ? await host.readInput() : read(file);
  return text.split("\n").flatMap((line) => {
    const name = line.replace(/(^|\s)#.*/, "").trim();
    return name === "" ? [] : [name];
  });
}

function read(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes.length > FILE_BYTES_MAX) throw new UsageError(`${file} is larger than ${FILE_BYTES_MAX} bytes`);
  return bytes.toString("utf8");
}

/** Something goes or is gone: no. Something is known to nobody, or may be several things: nobody can tell. */
function codeOf(fates: readonly Fate[]): ExitCode {
  if (fates.some(({ state }) => state === "going" || state === "gone")) return 1;
  return fates.some(({ state }) => state !== "staying") ? 3 : 0;
}

function textOf(fate: Fate): string {
  const { named, state, going, models, gone_since: since, successors = [] } = fate;
  switch (state) {
    case "staying":
      return "";
    case "unknown":
      return `${plain(named)}: no model is known by this name\n`;
    case "unclear":
      return `${plain(named)}: it may be any of ${models.map(plain).join(", ")}\n`;
    case "gone":
      return `${plain(named)}: gone since ${since}${insteadOf(successors)}\n`;
    case "going":
      return going
        .map((one) => {
          const when = one.ends_at ?? one.deprecated_at;
          const how = one.ends_at === undefined ? "is deprecated" : "ends";
          const next = insteadOf(one.successor === undefined ? [] : [one.successor]);
          return `${plain(named)}: ${plain(one.id)} ${how} ${when ?? "without a stated date"}${next}\n`;
        })
        .join("");
  }
}

function insteadOf(successors: readonly string[]): string {
  return successors.length === 0 ? "" : `; in its place: ${successors.map(plain).join(", ")}`;
}

function below(fates: readonly Fate[], within: string): string {
  const of = (...states: readonly Fate["state"][]) =>
    fates.filter(({ state }) => states.includes(state)).length;
  return `${counted(fates.length, "name")}: ${of("going")} going within ${within}, ${of("gone")} gone, ${of("staying")} staying, ${of("unknown", "unclear")} not known\n`;
}
