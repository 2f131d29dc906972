/** Asks the browser to keep the explorer readable while the server is away, once there is nothing better to do. */
const WORKER = "/sw.js";
const SHOWN = "/v1/";

export function keepReadable(): void {
  // Only a safe origin has workers: over plain HTTP the explorer lives without.
  if (!("serviceWorker" in navigator)) return;
  if (document.readyState === "complete") void begin();
  else addEventListener("load", () => void begin(), { once: true });
}

async function begin(): Promise<void> {
  const { controller } = navigator.serviceWorker;
  try {
    // To register would call one back that leaves because the server has it no more, and would not ask for it.
    const { ok } = await fetch(WORKER, { method: "HEAD", cache: "no-store" });
    if (!ok) return;
    await navigator.serviceWorker.register(WORKER, { updateViaCache: "none" });
  } catch {
    // Refused by the browser or not there: everything else works as before.
    return;
  }
  const { active } = await navigator.serviceWorker.ready;
  // What was asked before the worker stood beside this page, it has not seen.
  if (controller === null) active?.postMessage(askedSoFar());
}

function askedSoFar(): readonly string[] {
  const urls = performance.getEntriesByType("resource").map(({ name }) => name);
  return [...new Set(urls.filter((url) => new URL(url).pathname.startsWith(SHOWN)))];
}
