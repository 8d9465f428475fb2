import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { builtIn } from "./build-pages";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = ["index.html", "embed.html", "measure.html", "test-embed.html", "dev.html"];

/** The element alone, under a name that does not change: what another page's script tag asks for. */
const ELEMENT = "np-playground";

export default defineConfig({
  root: here("."),
  base: "./", // the site works from any sub-path of any host
  appType: "mpa", // a missing file is a 404, never index.html in its place
  plugins: [builtIn()],
  build: {
    target: "es2022",
    outDir: here("../dist"),
    emptyOutDir: true,
    manifest: true, // scripts/site.mjs follows it to weigh the first download
    rolldownOptions: {
      input: {
        ...Object.fromEntries(PAGES.map((page) => [page, here(page)])),
        [ELEMENT]: here("app/element/np-playground.ts"),
      },
      output: {
        entryFileNames: ({ name }) => (name === ELEMENT ? `${ELEMENT}.js` : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
  preview: { port: 4173 },
});
