import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, runnerImport } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = ["index.html", "embed.html", "measure.html", "test-embed.html", "dev.html"];

/** The element alone, under a name that does not change: what another page's script tag asks for. */
const ELEMENT = "np-playground";

/**
 * What is made at build time: the words of the pages, the recorded curves and the table of rules, in the places that
 * the HTML has for them; the equations, of which the page gets the MathML alone; the hues of rules that have none.
 */
function madeAtBuildTime(): Plugin {
  return {
    name: "made-at-build-time",
    transformIndexHtml: {
      order: "pre",
      async handler(page) {
        const { withWords } = await evaluated<typeof import("./app/text/pages")>("app/text/pages.ts");
        const { recordedFigure } =
          await evaluated<typeof import("./app/recorded/figure")>("app/recorded/figure.ts");
        const { ruleRows } =
          await evaluated<typeof import("./app/explain/rule-rows")>("app/explain/rule-rows.ts");
        return withWords(page)
          .replace("<!-- recorded curves -->", recordedFigure)
          .replace("<!-- rules -->", ruleRows);
      },
    },
    load: {
      filter: { id: /\/explain\/equations\.ts$/ },
      async handler() {
        const { EQUATIONS } =
          await evaluated<typeof import("./app/explain/equations")>("app/explain/equations.ts");
        return `export const EQUATIONS = ${JSON.stringify(EQUATIONS)};`;
      },
    },
    transform: {
      filter: { id: /\/ui\/tokens\.css/ },
      order: "pre",
      async handler(css) {
        const { withHues } = await evaluated<typeof import("./app/ui/hues")>("app/ui/hues.ts");
        const { schema } = await evaluated<typeof import("./app/contract/schema")>("app/contract/schema.ts");
        return withHues(css, [...new Set(schema.algorithms.map(({ rule }) => rule))]);
      },
    },
  };
}

/** A module of the page, evaluated here. */
async function evaluated<Module>(file: string): Promise<Module> {
  return (await runnerImport<Module>(here(file))).module;
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
