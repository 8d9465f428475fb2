import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, runnerImport } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = ["index.html", "embed.html", "measure.html", "test-embed.html", "dev.html"];

/** The element alone, under a name that does not change: what another page's script tag asks for. */
const ELEMENT = "np-playground";

/**
 * What is made at build time: the words of the pages and the recorded curves, in the places that the HTML has for
 * them, and the equations, of which the page gets the MathML alone.
 */
function madeAtBuildTime(): Plugin {
  const [figure, pages] = [here("app/recorded/figure.ts"), here("app/text/pages.ts")];
  return {
    name: "made-at-build-time",
    transformIndexHtml: {
      order: "pre",
      async handler(page) {
        const { withWords } = (await runnerImport<typeof import("./app/text/pages")>(pages)).module;
        const { recordedFigure } = (await runnerImport<typeof import("./app/recorded/figure")>(figure))
          .module;
        return withWords(page).replace("<!-- recorded curves -->", recordedFigure);
      },
    },
    load: {
      filter: { id: /\/explain\/equations\.ts$/ },
      async handler(id) {
        const { module } = await runnerImport<typeof import("./app/explain/equations")>(id);
        return `export const EQUATIONS = ${JSON.stringify(module.EQUATIONS)};`;
      },
    },
  };
}

export default defineConfig({
  root: here("."),
  base: "./", // the site works from any sub-path of any host
  appType: "mpa", // a missing file is a 404, never index.html in its place
  plugins: [madeAtBuildTime()],
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
