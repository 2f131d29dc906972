/** The explorer begins here. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { isWorthAnotherTry } from "./api/ask.ts";
import { askAhead } from "./pages/models/ask-ahead.ts";
import { keepReadable } from "./offline/worker.ts";
import "./style.css";

const STALE_MS = 30_000;
const KEPT_MS = 10 * 60_000;
const TRIES_MAX = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the browser calls offline may be answered all the same: by a server on this machine, or by what was kept.
      networkMode: "always",
      staleTime: STALE_MS,
      gcTime: KEPT_MS,
      retry: (failures, error) => failures < TRIES_MAX && isWorthAnotherTry(error),
    },
  },
});

askAhead(queries);

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has lost its root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
keepReadable();
