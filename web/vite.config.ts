/** How the explorer is built: into one folder that the server sends as it is. */
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { shellOf } from "./shell.ts";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind(), shellOf(`${import.meta.dirname}/public`)],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // No inline script or style may be there: the server's policy refuses them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: `${import.meta.dirname}/index.html`, sw: `${import.meta.dirname}/worker/sw.ts` },
      // A worker is asked for by the one name that it always had.
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
  // A server that is running elsewhere answers while one works on the pages.
  server: { proxy: { "/v1": "http://127.0.0.1:8080", "/healthz": "http://127.0.0.1:8080" } },
});
