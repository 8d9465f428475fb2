import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { ofOneScript } from "./vite.config.ts";

// What the npm package has for programs: `train`, and beside it its workers and modules, by addresses that other
// bundlers understand. See scripts/package.mjs.

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [ofOneScript()],
  resolve: { alias: [{ find: /^(\.|\.\.\/contract)\/get$/, replacement: here("app/files-too.ts") }] },
  build: {
    target: "es2022",
    outDir: here("../target/npm"),
    emptyOutDir: true,
    copyPublicDir: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { train: here("app/train.ts") },
      preserveEntrySignatures: "strict",
      output: { codeSplitting: false, entryFileNames: "[name].js" },
    },
  },
  worker: { format: "iife" }, // classic: see contract/thread.ts
});
