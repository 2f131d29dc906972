/** Typed arrays and bytes that grow: what rows are collected in, so that none of them is an object. */

export type Codes = Uint8Array | Uint16Array | Uint32Array;

interface Growing<Numbers> {
  readonly length: number;
  push(value: number): void;
  /** A view of what is there now; a later `push` may move it. */
  view(): Numbers;
}

const FIRST_LENGTH = 1_024;
const GROWTH = 1.5;

export function growingUint32(): Growing<Uint32Array> {
  return growing((length) => new Uint32Array(length));
}

export function growingFloat64(): Growing<Float64Array> {
  return growing((length) => new Float64Array(length));
}

function growing<Numbers extends Uint32Array | Float64Array>(
  make: (length: number) => Numbers,
): Growing<Numbers> {
  let array = make(FIRST_LENGTH);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === array.length) {
        const larger = make(Math.ceil(length * GROWTH));
        larger.set(array);
        array = larger;
      }
      array[length] = value;
      length += 1;
    },
    // A part of an array is of the array's own kind.
    view: () => array.subarray(0, length) as Numbers,
  };
}

/** Texts end to end, as UTF-8. */
export interface Texts {
  readonly bytes: Uint8Array;
  /** Where each begins, and one past the end of the last. */
  readonly starts: Uint32Array;
}

export interface GrowingTexts {
  readonly length: number;
  push(text: string): void;
  view(): Texts;
}

/** The most bytes that one character of a string takes. */
const CHARACTER_BYTES_MAX = 3;

export function growingTexts(): GrowingTexts {
  let bytes = Buffer.alloc(FIRST_LENGTH);
  let used = 0;
  const starts = growingUint32();
  starts.push(0);
  return {
    get length() {
      return starts.length - 1;
    },
    push: (text) => {
      const needed = used + text.length * CHARACTER_BYTES_MAX;
      if (needed > bytes.length) {
        const larger = Buffer.alloc(Math.ceil(needed * GROWTH));
        larger.set(bytes.subarray(0, used));
        bytes = larger;
      }
      used += bytes.write(text, used, "utf8");
      starts.push(used);
    },
    view: () => ({ bytes: bytes.subarray(0, used), starts: starts.view() }),
  };
}

/** Zeros of the smallest kind that holds numbers up to `max`. */
export function codesUpTo(max: number, length: number): Codes {
  if (max <= 0xff) return new Uint8Array(length);
  return max <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

export function textAt({ bytes, starts }: Texts, index: number): string {
  const from = starts[index] ?? 0;
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, (starts[index + 1] ?? from) - from).toString(
    "utf8",
  );
}

/** The texts in another order. */
export function textsAt({ bytes, starts }: Texts, order: Uint32Array): Texts {
  const moved = new Uint8Array(bytes.length);
  const movedStarts = new Uint32Array(order.length + 1);
  let used = 0;
  for (let at = 0; at < order.length; at += 1) {
    const index = order[at] ?? 0;
    const end = starts[index + 1] ?? 0;
    for (let from = starts[index] ?? 0; from < end; from += 1) {
      moved[used] = bytes[from] ?? 0;
      used += 1;
    }
    movedStarts[at + 1] = used;
  }
  return { bytes: moved.subarray(0, used), starts: movedStarts };
}
