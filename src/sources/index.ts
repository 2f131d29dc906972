/** The registry: every upstream that we read, in the order in which they are shown. */
import type { Source } from "../kit/source.ts";
import { groq } from "./groq.ts";

export const SOURCES: readonly Source[] = [groq];
