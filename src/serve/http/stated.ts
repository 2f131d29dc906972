/** The parameters that an address states, read strictly: a malformed one is refused, not guessed at. */
import { BadQuestion, quoted } from "./answers/question.ts";

export function statedIn(url: string): ReadonlyMap<string, string> {
  const begin = url.indexOf("?");
  const stated = new Map<string, string>();
  if (begin < 0) return stated;
  for (const part of url.slice(begin + 1).split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    if (stated.has(name)) {
      throw new BadQuestion("bad-value", `${quoted(name)} stands there twice; several values go by comma`, {
        parameter: name,
      });
    }
    stated.set(name, equals < 0 ? "" : decoded(part.slice(equals + 1)));
  }
  return stated;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new BadQuestion("bad-encoding", `${quoted(text)} is no percent-encoded UTF-8`);
  }
}
