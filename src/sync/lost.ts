/** When nothing more is worth asking for in a run: what ended one view would end all, or two in a row are lost. */
import { ERRORS, type ErrorCode, type WorldError } from "../domain/errors.ts";
import type { ViewEnd } from "./read.ts";

/** Nothing more can be asked for in this run: two views in a row are lost, or what ended one would end all. */
export function isOver(ends: readonly ViewEnd[]): boolean {
  const last = ends.at(-1);
  if (refusalOf(ends) !== undefined) return true;
  if (last?.kind !== "broke-off") return false;
  return LAST_WORDS.has(last.error.code) || (isLost(last) && isLost(ends.at(-2)));
}

/** Garbage on any page of the list itself; a further view that brings garbage only ends, and the others are kept. */
export function refusalOf([list]: readonly ViewEnd[]): WorldError | undefined {
  return list?.kind === "broke-off" && ERRORS[list.error.code].outcome === "rejected"
    ? list.error
    : undefined;
}

const LAST_WORDS: ReadonlySet<ErrorCode> = new Set([
  "wait-too-long",
  "run-timeout",
  "aborted",
  "unauthorized",
]);

/** The upstream could not answer, however often it was asked; that it would not (400) is no sign for other views. */
function isLost(end: ViewEnd | undefined): boolean {
  return end?.kind === "broke-off" && (ERRORS[end.error.code].retry || end.error.code === "not-found");
}
