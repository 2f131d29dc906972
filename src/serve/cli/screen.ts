/** A place to write to: a terminal, a pipe, a file. A reader who goes away early is no error. */
import { createColors } from "picocolors";

export type Colours = ReturnType<typeof createColors>;

export interface Screen {
  readonly isTerminal: boolean;
  /** Cells of a line and lines of the screen; without a terminal, no limit. */
  readonly columns: number;
  readonly rows: number;
  readonly colours: Colours;
  write(text: string): void;
}

/** Standard output or standard error. Node leaves `isTTY` out where it is no terminal. */
interface Output {
  readonly isTTY?: boolean;
  readonly columns: number;
  readonly rows: number;
  write(text: string): boolean;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Colours only on a terminal, and not where `NO_COLOR` asks for none. */
export function screenOf(stream: Output, { noColour }: { readonly noColour: boolean }): Screen {
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    isOpen = false;
    // `modeldex models | head` closes the pipe when it has enough.
    if (error.code !== "EPIPE") throw error;
  });
  const isTerminal = stream.isTTY ?? false;
  return {
    isTerminal,
    // A window can be resized at any time.
    get columns() {
      return isTerminal ? stream.columns : Infinity;
    },
    get rows() {
      return isTerminal ? stream.rows : Infinity;
    },
    colours: createColors(isTerminal && !noColour),
    write: (text) => {
      if (isOpen) stream.write(text);
    },
  };
}
