/** Whether a model can be called at a provider, from what the Hub says of it. Pure. */
import { fitsTask, type Served } from "./mapping.ts";
import type { Seen } from "./model.ts";
import { ANY_PROVIDER, BadName } from "./names.ts";

/** What a check finds, and what it means. */
export const VERDICTS = {
  live: "the provider serves it",
  staging: "the provider is preparing it, and only its own people can call it",
  error: "the provider has it, and Hugging Face's last health check of it failed",
  not_served: "the model is there, and this provider does not serve it",
  unknown_model: "there is no such model, or it is private",
  gated: "the model is there, and this caller is not let in",
  unreachable: "nobody could say: an outage is not a verdict",
} as const;
export type Verdict = keyof typeof VERDICTS;

/** `strict`: only what is certain passes. `lenient`: what may work passes too. The caller's choice, and in every answer. */
export const MODES = ["strict", "lenient"] as const;
export type Mode = (typeof MODES)[number];

/** Throws `BadName`. */
export function modeNamed(written: string): Mode {
  const mode = MODES.find((each) => each === written);
  if (mode === undefined) throw new BadName("mode", `a mode is ${MODES.join(" or ")}`);
  return mode;
}

/** Whether a verdict passes; nothing where strictness cannot tell. */
export function passes(verdict: Verdict, mode: Mode): boolean | undefined {
  switch (verdict) {
    case "live":
      return true;
    case "staging":
    case "error":
      return mode === "lenient";
    case "unreachable":
      return mode === "lenient" ? true : undefined;
    case "not_served":
    case "unknown_model":
    case "gated":
      return false;
  }
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
  /** The providers where it is live, for the task that was asked about. */
  readonly servedBy: readonly string[];
  /** Everything that the Hub states of its providers. */
  readonly mapping: readonly Served[];
}

const NOT_FOUND: {
  readonly [kind in Exclude<Seen["kind"], "found" | "silent">]: readonly [Verdict, string];
} = {
  absent: [
    "unknown_model",
    "the Hub shows no such model to this caller: it does not exist, or it is private",
  ],
  closed: ["gated", "the Hub shows it only to those who were let in; ask for access on its page"],
  disabled: ["error", "Hugging Face has disabled it"],
  "token-refused": ["unknown_model", "the Hub refuses the token"],
};

export function judge(seen: Seen, provider: string, task: string | undefined): Judgement {
  if (seen.kind === "silent") return { verdict: "unreachable", reason: seen.why, servedBy: [], mapping: [] };
  if (seen.kind !== "found") {
    const [verdict, reason] = NOT_FOUND[seen.kind];
    return { verdict, reason, servedBy: [], mapping: [] };
  }
  const mapping = seen.served;
  const fitting = mapping.filter((each) => task === undefined || fitsTask(task, each.task));
  const servedBy = [...new Set(fitting.filter(isLive).map((each) => each.provider))];
  const his = fitting.filter((each) => provider === ANY_PROVIDER || each.provider === provider);
  const best = his.find(isLive) ?? his.find(({ status }) => status === "staging") ?? his[0];
  if (best === undefined) return { ...notServed(mapping, provider, task, servedBy), servedBy, mapping };
  return { ...servedAs(best), servedBy, mapping };
}

function servedAs({ provider, status, task }: Served): Pick<Judgement, "verdict" | "reason"> {
  const as = task === undefined ? "" : ` for ${task}`;
  switch (status) {
    case "live":
      return { verdict: "live", reason: `${provider} serves it${as}` };
    case "staging":
      return { verdict: "staging", reason: `${provider} is preparing it${as}: ${VERDICTS.staging}` };
    case "error":
      return {
        verdict: "error",
        reason: `${provider} has it${as}, and Hugging Face's last health check failed`,
      };
    default:
      return { verdict: "error", reason: `${provider} has it${as} in a state that is no word we know` };
  }
}

function notServed(
  mapping: readonly Served[],
  provider: string,
  task: string | undefined,
  servedBy: readonly string[],
): Pick<Judgement, "verdict" | "reason"> {
  const tasks = mapping.flatMap((each) =>
    each.provider === provider ? [each.task ?? "no stated task"] : [],
  );
  const who = provider === ANY_PROVIDER ? "nobody" : provider;
  const others =
    servedBy.length === 0 ? "" : `; ${servedBy.join(", ")} ${servedBy.length === 1 ? "does" : "do"}`;
  if (tasks.length > 0)
    return {
      verdict: "not_served",
      reason: `${provider} serves it for ${tasks.join(", ")}, not for ${task}${others}`,
    };
  const serves = provider === ANY_PROVIDER ? "serves" : "does not serve";
  const forTask = task === undefined ? "" : ` for ${task}`;
  return { verdict: "not_served", reason: `${who} ${serves} it${forTask}${others}` };
}

function isLive({ status }: Served): boolean {
  return status === "live";
}
