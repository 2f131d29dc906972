/** The Hub read again and again: what is new is in the changes, and what is gone, and nothing else. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openApplication } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { startUpstreams } from "../../tools/upstreams/server.ts";
import { HUB_HOST, simulatedHub } from "../simulator/hub.ts";
import { hubModels } from "../simulator/hub-models.ts";

test("a model that appears, a provider that takes one on and one that lets go are each a change", async () => {
  const home = mkdtempSync(join(tmpdir(), "modeldex-discovery-"));
  const upstreams = await startUpstreams();
  const settings = { MODELDEX_HOME: home, MODELDEX_MIRROR: upstreams.url };
  const application = await openApplication(loadConfig({}, home, settings));
  let known = 0;
  /** What a reading brings, in the order in which it is told. */
  const read = async (models: ReturnType<typeof hubModels>) => {
    upstreams.setBody({ host: HUB_HOST }, simulatedHub({ models, quota: 500 }).answer);
    await application.sync(["huggingface"], () => undefined);
    const changes = await application.ledger.changes({ limit: 1_000, subject: "offer", afterId: known });
    known = changes.at(-1)?.id ?? known;
    return changes.map(({ kind, subjectId, cause }) => `${kind} ${subjectId} ${cause}`);
  };
  try {
    const models = hubModels(20);
    // The first revision has nothing to differ from.
    expect(await read(models)).toEqual([]);
    expect(await read(models)).toEqual([]);

    const [first] = models;
    const [entry] = first?.inferenceProviderMapping ?? [];
    if (first === undefined || entry === undefined) throw new Error("there are models");
    const taken = { ...first, inferenceProviderMapping: [entry, { ...entry, provider: "groq" }] };
    expect(await read([taken, ...models.slice(1), ...hubModels(21).slice(20)])).toEqual([
      "added huggingface/groq/lab-0/model-0 upstream",
      "added huggingface/hf-inference/lab-20/model-20 upstream",
    ]);
    expect(await read([...models, ...hubModels(21).slice(20)])).toEqual([
      "removed huggingface/groq/lab-0/model-0 upstream",
    ]);
  } finally {
    await application.close();
    await upstreams.close();
    rmSync(home, { recursive: true });
  }
});
