/** A sync on the command line, and a program that serves: progress, summary, exit codes, the end. */
import { createServer } from "node:net";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Progress } from "../../src/domain/progress.ts";
import { emptyReport } from "../../src/domain/run.ts";
import { progressView } from "../../src/serve/cli/progress.ts";
import { run } from "../../src/serve/cli/program.ts";
import { fakeApplication, report } from "./support/application.ts";
import { HOSTILE } from "./support/catalog.ts";
import { fakeHost, memoryScreen, type } from "./support/host.ts";

const held = report("xai", { outcome: "held", held: 9, removed: 0, runId: 17 });
const failed = report("groq", {
  outcome: "failed",
  error: { code: "timeout", message: "the answer did not arrive within the deadline" },
});
const rejected = report("groq", {
  outcome: "rejected",
  error: { code: "html", message: "the answer is an HTML page" },
});
const skipped = { ...emptyReport("xai", "skipped"), reason: "XAI_API_KEY is not set" };

describe("the exit code of a sync", () => {
  test.each([
    ["complete", [report("groq")], 0],
    ["unchanged", [report("groq", { outcome: "unchanged" })], 0],
    ["complete and skipped", [report("groq"), skipped], 0],
    ["only skipped", [skipped], 1],
    ["nothing", [], 1],
    ["only failed", [failed], 1],
    ["only rejected", [rejected], 1],
    ["failed and skipped", [failed, skipped], 1],
    ["complete and failed", [report("groq"), failed], 3],
    ["complete and rejected", [report("groq"), rejected], 3],
    ["held", [held], 3],
    ["partial", [report("groq", { outcome: "partial" })], 3],
  ])("%s", async (_what, reports, expected) => {
    expect((await type(["sync"], fakeHost(fakeApplication({ reports })))).code).toBe(expected);
    expect((await type(["sync", "--json"], fakeHost(fakeApplication({ reports })))).code).toBe(expected);
  });
});

describe("the summary", () => {
  test("is a table, then what to do, then the revision", async () => {
    const reports = [
      report("groq", { returned: 1, rejected: 3 }),
      held,
      { ...failed, source: "together" },
      skipped,
    ];
    const { out, err } = await type(["sync"], fakeHost(fakeApplication({ reports })));
    const lines = out.split("\n");
    expect(lines[0]).toMatch(
      /^SOURCE +OUTCOME +COVERAGE +ROWS +OFFERS +CHANGES +HELD +REJECTED +TIME +NOTE$/,
    );
    expect(lines[1]).toMatch(/^groq +complete +whole +11 +11 +\+2 ~1 ↩1 +3 +0\.3 s$/);
    expect(lines[2]).toMatch(/^xai +held +whole +11 +11 +\+2 ~1 +9 +0\.3 s$/);
    expect(lines[3]).toMatch(/^together +failed .*timeout: the answer did not arrive/);
    expect(out).toContain("modeldex accept 17");
    expect(out).toContain(
      "together: no answer, nothing changed (the answer did not arrive within the deadline); try again: modeldex sync together",
    );
    expect(out).toContain("skipped: xai (set XAI_API_KEY)\n");
    expect(lines.at(-2)).toBe("revision 7: 3 models, 5 offers");
    expect(err).toBe("");
  });

  test("names the setting that a source lacks, be it a credential or an address", async () => {
    const reports = [
      report("groq"),
      { ...emptyReport("ollama", "skipped"), reason: "MODELDEX_SOURCE_URL_OLLAMA is not set" },
      { ...emptyReport("google", "skipped"), reason: "GEMINI_API_KEY or GOOGLE_API_KEY is not set" },
      { ...emptyReport("xai", "skipped"), reason: "another process is reading it" },
    ];
    const { out } = await type(["sync"], fakeHost(fakeApplication({ reports })));
    expect(out).toContain(
      "skipped: ollama (set MODELDEX_SOURCE_URL_OLLAMA), google (set GEMINI_API_KEY), xai (another process is reading it)\n",
    );
  });

  test("sources of which the same is to be said share a line, and many are not named in it", async () => {
    const dead = (source: string) =>
      report(source, { outcome: "failed", error: { code: "unreachable", message: "ENOTFOUND" } });
    const adviceOn = async (...ids: readonly string[]) =>
      (await type(["sync"], fakeHost(fakeApplication({ reports: ids.map(dead) })))).out;
    const what =
      "no answer, nothing changed (ENOTFOUND); check the network, or HTTPS_PROXY, then: modeldex sync";
    expect(await adviceOn("a", "b")).toContain(`\na, b: ${what} a b\n`);
    expect(await adviceOn("a", "b", "c", "d", "e")).toContain(`\n5 sources: ${what}\n`);
  });

  test("those that wait for the same setting stand together", async () => {
    const reports = ["fireworks", "groq", "fireworks-account"].map((source) => ({
      ...emptyReport(source, "skipped" as const),
      reason: source === "groq" ? "GROQ_API_KEY is not set" : "FIREWORKS_API_KEY is not set",
    }));
    expect((await type(["sync"], fakeHost(fakeApplication({ reports })))).out).toContain(
      "skipped: fireworks, fireworks-account (set FIREWORKS_API_KEY), groq (set GROQ_API_KEY)\n",
    );
  });

  test("what is held is named", async () => {
    const { out } = await type(["sync"], fakeHost(fakeApplication({ reports: [held] })));
    expect(out).toContain("xai: 1 removal held: task:sing\n");
  });

  test("--verbose adds the views and why items were left out", async () => {
    const reports = [
      report("groq", {
        views: [{ view: "by name", returned: 11, fresh: 11, duplicate: 0 }],
        ignored: { "no price": 4 },
      }),
    ];
    const plain = await type(["sync"], fakeHost(fakeApplication({ reports })));
    expect(plain.out).not.toContain("by name");
    const verbose = await type(["sync", "--verbose"], fakeHost(fakeApplication({ reports })));
    expect(verbose.out).toMatch(/groq +by name +11 +11 +0/);
    expect(verbose.out).toMatch(/left out: no price +4/);
    const whole = JSON.parse(
      (await type(["sync", "--verbose", "--json"], fakeHost(fakeApplication({ reports })))).out,
    );
    expect(whole.runs[0]).toMatchObject({
      ignored: 4,
      ignored_by_reason: { "no price": 4 },
      views: [{ view: "by name" }],
    });
  });

  test("--verbose names the parts of a divided list that brought rows, and counts the others", async () => {
    const part = (view: string, returned: number) => ({ view, returned, fresh: returned, duplicate: 0 });
    const empty = Array.from({ length: 9 }, (_, index) => part(`pipeline_tag=none-${index}`, 0));
    const views = [part("pipeline_tag=translation", 7), ...empty, part("pipeline_tag=fill-mask", 4)];
    const host = fakeHost(fakeApplication({ reports: [report("huggingface", { views })] }));
    const { out } = await type(["sync", "--verbose"], host);
    expect(out).toMatch(/pipeline_tag=translation +7 +7 +0 +7/);
    expect(out).toMatch(/pipeline_tag=fill-mask +4 +4 +0 +11/);
    expect(out).toMatch(/9 more views without a row +0 +0 +0 +11/);
    expect(out).not.toContain("none-");
  });

  test("holds no escape of an upstream's message", async () => {
    const reports = [report("groq"), { ...failed, error: { code: "error-body", message: HOSTILE } as const }];
    const { out } = await type(
      ["sync"],
      fakeHost(fakeApplication({ reports, progress: [finished(reports[1])] })),
    );
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test("sync opens for writing and names what is asked", async () => {
    const host = fakeHost();
    await type(["sync", "groq", "xai"], host);
    expect(host.opened).toEqual([{ how: "writing", flags: {} }]);
    expect(host.application.synced).toEqual([["groq", "xai"]]);
  });

  test("the whole Hub is read beside what is named, or beside everything", async () => {
    const host = fakeHost();
    await type(["sync", "huggingface", "--hub"], host);
    await type(["sync", "--hub"], host);
    expect(host.application.synced).toEqual([
      ["huggingface", "huggingface-hub"],
      ["all", "huggingface-hub"],
    ]);
  });
});

describe("progress", () => {
  const started: Progress = { kind: "started", source: "groq", rowsExpected: 400 };
  const page = (rows: number): Progress => ({
    kind: "page",
    source: "groq",
    rows,
    pages: rows / 100,
    bytes: 1,
  });

  test("without a terminal it is plain lines on standard error, not one for each page", async () => {
    const progress: readonly Progress[] = [
      started,
      page(100),
      page(200),
      { kind: "waiting", source: "groq", ms: 3_000, why: "rate limited" },
      finished(report("groq")),
    ];
    const { out, err } = await type(["sync", "--json"], fakeHost(fakeApplication({ progress })));
    expect(() => JSON.parse(out)).not.toThrow();
    expect(err).toBe("groq: reading\ngroq: waiting 3.0 s: rate limited\ngroq: complete, 11 rows in 0.3 s\n");
  });

  test("a long read says how far it is every few seconds", () => {
    const host = fakeHost();
    const view = progressView(host.err, host.clock);
    view.onProgress(started);
    host.tick(6_000);
    view.onProgress(page(300));
    expect(host.err.text()).toBe("groq: reading\ngroq: 300 rows, 3 pages\n");
  });

  test("a list that lasts says how fast it is read and how long it will take, from where it goes on", () => {
    const host = fakeHost();
    const screen = memoryScreen({ columns: 120 });
    const view = progressView(screen, host.clock);
    const hub = (rows: number): Progress => ({
      kind: "page",
      source: "groq",
      rows,
      pages: rows / 100,
      bytes: 1,
      rowsExpected: 2_500_000,
    });
    view.onProgress({ ...started, rowsExpected: 2_500_000 });
    host.tick(1_000);
    view.onProgress(hub(1_000_000));
    host.tick(10_000);
    view.onProgress(hub(1_020_000));
    expect(screen.text()).toContain(
      "1,020,000 of 2,500,000 rows, 10,200 pages, 2,000 rows/s, 12 min 20 s left",
    );
    host.tick(1_000);
    view.onProgress({ kind: "placing", source: "groq", rows: 2_000, rowsExpected: 2_500_000 });
    expect(screen.text()).toContain("2,000 of 2,500,000 rows in their place");
  });

  test("on a terminal it is bars, redrawn at most ten times a second, and gone at the end", () => {
    const host = fakeHost();
    const screen = memoryScreen({ columns: 60 });
    const view = progressView(screen, host.clock);
    view.onProgress(started);
    for (let rows = 1; rows <= 100; rows += 1) {
      host.tick(10);
      view.onProgress(page(rows));
    }
    view.onProgress({ kind: "waiting", source: "groq", ms: 12_000, why: HOSTILE });
    const drawings = screen.text().split("0 of 1 source read").length - 1;
    expect(drawings).toBeGreaterThan(5);
    expect(drawings).toBeLessThanOrEqual(11);
    expect(screen.text()).toContain("█");
    expect(screen.text()).toContain("100 of 400 rows");
    for (const line of screen.text().split("\n"))
      expect(stripVTControlCharacters(line).length).toBeLessThan(60);
    view.clear();
    expect(screen.text().endsWith("\u001b[2A\u001b[J")).toBe(true);
  });
});

describe("a sync that a signal stops", () => {
  test("breaks off, gives an account of what was read, and is an error", async () => {
    const fake = fakeApplication();
    const reports = [
      report("groq"),
      report("xai", { outcome: "failed", error: { code: "aborted", message: "the run was stopped" } }),
    ];
    const begun = Promise.withResolvers<void>();
    const host = fakeHost({
      ...fake,
      sync: async (_sources, _onProgress, stop) => {
        begun.resolve();
        await new Promise((resolve) => stop?.addEventListener("abort", resolve));
        return { revision: 7, reports };
      },
    });
    const ended = run(host, ["sync"]);
    await begun.promise;
    host.stop();
    expect(await ended).toBe(1);
    expect(host.err.text()).toBe("SIGTERM: stopping; what was read is kept\n");
    expect(host.out.text()).toMatch(/groq +complete[^]*xai +failed/);
  });
});

test("on a terminal what is skipped draws nothing, and the block never fills the screen", () => {
  const host = fakeHost();
  const screen = memoryScreen({ columns: 60 });
  const view = progressView(screen, host.clock);
  view.onProgress(finished(skipped));
  expect(screen.text()).toBe("");
  for (let each = 1; each <= 40; each += 1) {
    host.tick(1_000);
    view.onProgress({ kind: "started", source: `source-${each}` });
  }
  const heights = screen
    .text()
    .split("\u001b[")
    .map((part) => Number.parseInt(part, 10) || 0);
  expect(Math.max(...heights)).toBe(screen.rows - 2);
});

describe("serve", () => {
  test("says where it listens and what it serves, follows the syncs, and ends when it is asked to", async () => {
    const host = fakeHost();
    const ended = run(host, ["serve", "--port", "0", "--sync-interval", "30m"]);
    await until(() => host.out.text().includes("listens"));
    const address = /listens at (\S+)/.exec(host.out.text())?.[1] ?? "";
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(host.out.text()).toContain("serving revision 7: 3 models, 5 offers\n");
    expect(host.opened).toEqual([
      { how: "serving", flags: { MODELDEX_PORT: "0", MODELDEX_SYNC_INTERVAL: "30m" } },
    ]);

    host.application.tell({ kind: "started", source: "groq" });
    host.application.tell({ kind: "started", source: "xai" });
    host.application.tell(finished({ ...skipped, source: "cerebras" }));
    host.application.tell(finished(report("groq")));
    expect(host.err.text()).not.toContain("SOURCE");
    host.application.tell(finished(held));
    expect(host.err.text()).toMatch(/SOURCE.*\ngroq +complete.*\nxai +held/);
    expect(host.err.text()).toContain("skipped: cerebras (set XAI_API_KEY)\n");
    host.application.tell({ kind: "published", revision: 7, models: 3, offers: 5 });
    host.application.tell({ kind: "published", revision: 8, models: 4, offers: 6 });
    host.application.tell({ kind: "published", revision: 8, models: 4, offers: 6 });
    expect(host.err.text().match(/revision .*/g)).toEqual(["revision 8: 4 models, 6 offers"]);

    host.application.tell(finished({ ...skipped, source: "cerebras" }));
    host.application.tell({ kind: "started", source: "groq" });
    host.application.tell(finished(report("groq")));
    expect(host.err.text().match(/skipped: /g)).toHaveLength(1);

    host.stop();
    expect(await ended).toBe(0);
    expect(host.application.closed).toBe(true);
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  });

  test("a port in use is one clear line", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, out, err } = await type(["serve"], fakeHost(fakeApplication({ port })));
    other.close();
    expect([code, out, err]).toEqual([
      1,
      "",
      `error: port ${port} of 127.0.0.1 is in use; choose another with --port\n`,
    ]);
  });
});

function finished(made: Extract<Progress, { kind: "finished" }>["report"] | undefined): Progress {
  return { kind: "finished", source: made?.source ?? "", report: made ?? emptyReport("", "failed") };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
