/** How the Hub's list of models is divided where it is cut short: by task, then by library, then by author. */
import { ALL_MODEL_LIBRARY_KEYS } from "@huggingface/tasks";
import { TASKS } from "../domain/task.ts";
import type { Partition } from "./source.ts";

export const HUB_PARTS: Partition = {
  by: "pipeline_tag",
  parts: TASKS,
  query: (task) => ({ pipeline_tag: task }),
  further: {
    by: "library_name",
    parts: ALL_MODEL_LIBRARY_KEYS,
    // A library is a tag, too, and `filter` is how the Hub is asked for one.
    query: (library) => ({ filter: library }),
    further: { by: "author", query: (author) => ({ author }) },
  },
};
