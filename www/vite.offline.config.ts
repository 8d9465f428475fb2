import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The service worker, beside the page: elsewhere it could not serve it. Built after the site, whose files it lists; see
// scripts/site.mjs.

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  build: {
    target: "es2022",
    outDir: here("../dist"),
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    rolldownOptions: {
      input: { "offline-worker": here("app/offline-worker.ts") },
      output: { format: "iife", entryFileNames: "[name].js" },
    },
  },
});
