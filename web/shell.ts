/** Tells the worker at the build's end which files the explorer consists of, under a name that changes with any of them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const WORKER = "sw.js";
const NAME_LENGTH = 12;

/** `unnamed` holds the files that keep their names whatever is in them. */
export function shellOf(unnamed: string): Plugin {
  return {
    name: "modeldex-shell",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler: (_options, bundle) => {
        const worker = bundle[WORKER];
        if (worker?.type !== "chunk") throw new Error(`the build made no ${WORKER}`);
        const name = createHash("sha256");
        const built = Object.values(bundle).filter(({ fileName }) => fileName !== WORKER);
        for (const file of built.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1)))
          name.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
        const beside = readdirSync(unnamed).toSorted();
        for (const file of beside) name.update(file).update(readFileSync(join(unnamed, file)));
        name.update(worker.code);
        const files = [...built.map(({ fileName }) => fileName), ...beside].map((path) =>
          path === "index.html" ? "/" : `/${path}`,
        );
        worker.code = worker.code
          .replace("SHELL_NAME", JSON.stringify(name.digest("hex").slice(0, NAME_LENGTH)))
          .replaceAll("SHELL_FILES", JSON.stringify(files));
      },
    },
  };
}
