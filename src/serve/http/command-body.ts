/** A command's body, read strictly: what is wrong is named, with what there is. */
import type * as z from "zod";
import { Problem } from "./problem.ts";

/** `known` are the names that a body may hold. Throws a `Problem`. */
export function readCommand<Command extends z.ZodType>(
  schema: Command,
  known: readonly string[],
  body: unknown,
): z.infer<Command> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw new Problem("bad-body", `${faultsIn(read.error)}. Known: ${known.join(", ")}`, {
    members: { known },
  });
}

/** In one line: of each fault where it is, and what it is. */
function faultsIn({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
}
