/** Pages that are the same as long as the program runs: made once, and compressed once for each coding. */
import { encode, type Coding } from "./coding.ts";

export interface FixedPage {
  readonly type: string;
  readonly bytes: Buffer;
  /** What a browser may do with it, where that is more than with every other answer. */
  readonly policy?: string;
}

const travelling = new WeakMap<FixedPage, Map<Coding, Promise<Buffer>>>();

export function fixedBytes(page: FixedPage, coding: Coding): Promise<Buffer> {
  const codings = travelling.get(page) ?? new Map<Coding, Promise<Buffer>>();
  travelling.set(page, codings);
  const encoded = codings.get(coding) ?? encode(page.bytes, coding, "small");
  codings.set(coding, encoded);
  return encoded;
}
