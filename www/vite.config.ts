import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, runnerImport } from "vite";
import { linkPreviews } from "./previews.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = ["index.html", "learn.html", "embed.html", "measure.html", "test-embed.html", "dev.html"];

/** The element alone, under a name that does not change: what another page's script tag asks for. */
const ELEMENT = "np-playground";

type Built = typeof import("./app/built");
let evaluated: Promise<Built> | undefined;

/** What of the application itself the build makes use of. */
function built(): Promise<Built> {
  evaluated ??= runnerImport<Built>(here("app/built.ts")).then(({ module }) => module);
  return evaluated;
}

/**
 * What is made at build time: the words of the pages, the recorded curves, the table of rules and the citation, the article's
 * pictures and numbers, in the places that the HTML has for them; the equations, of which the page gets the MathML alone; the hues of rules that have none.
 */
export function madeAtBuildTime(): Plugin {
  return {
    name: "made-at-build-time",
    watchChange: () => {
      evaluated = undefined;
    },
    transformIndexHtml: {
      order: "pre",
      async handler(page) {
        const { withWords, withRecorded, recordedFigure, ruleRows, PAPER_BIBTEX } = await built();
        return withRecorded(withWords(page))
          .replaceAll("<!-- recorded curves -->", recordedFigure())
          .replace("<!-- rules -->", ruleRows)
          .replace("<!-- the paper in BibTeX -->", PAPER_BIBTEX);
      },
    },
    load: {
      filter: { id: /\/explain\/equations\.ts$/ },
      async handler() {
        return `export const EQUATIONS = ${JSON.stringify((await built()).EQUATIONS)};`;
      },
    },
    transform: {
      filter: { id: /\/ui\/tokens\.css/ },
      order: "pre",
      async handler(css) {
        const { SCHEMA, withHues } = await built();
        return withHues(css, [...new Set(SCHEMA.algorithms.map(({ rule }) => rule))]);
      },
    },
  };
}

/** Indentation in the components' templates, and remarks in their styles, are for their readers here: a minifier leaves them, as parts of strings. */
export function terseTemplates(): Plugin {
  return {
    name: "terse-templates",
    apply: "build",
    transform: {
      filter: { id: /\/app\/.*\.ts$/, code: /\b(html|svg|css)`/ },
      handler(code) {
        const parts = textsOf(this.parse(code)).toSorted((a, b) => b.start - a.start);
        return parts.reduce((all, { start, end, isStyle }) => {
          const text = all.slice(start, end);
          return all.slice(0, start) + (isStyle ? terseStyle(text) : terse(text)) + all.slice(end);
        }, code);
      },
    },
  };
}

const terse = (text: string) => text.replace(/\s+/g, " ");

/** No style here has a brace, a semicolon, a colon or a comma with a space in a string. */
function terseStyle(style: string): string {
  return terse(style.replace(/\/\*[\s\S]*?\*\//g, ""))
    .replace(/ ?([{};]) ?/g, "$1")
    .replace(/([:,]) /g, "$1");
}

interface TemplateText {
  start: number;
  end: number;
  isStyle: boolean;
}

interface TaggedTemplate {
  type: string;
  tag: { name?: string };
  quasi: { quasis: Pick<TemplateText, "start" | "end">[] };
}

/** The text of all templates of Lit in a syntax tree, piece by piece. */
function textsOf(node: unknown): TemplateText[] {
  if (typeof node !== "object" || node === null) return [];
  const within = Object.values(node).flatMap(textsOf);
  const { type, tag, quasi } = node as Partial<TaggedTemplate>;
  const name = type === "TaggedTemplateExpression" ? (tag?.name ?? "") : "";
  if (!["html", "svg", "css"].includes(name)) return within;
  return [
    ...within,
    ...(quasi?.quasis ?? []).map(({ start, end }) => ({ start, end, isStyle: name === "css" })),
  ];
}

/** What loads a part of the page, in the place of what Vite has for that. */
const loadParts = (name: string, code: string): Plugin => ({
  name,
  enforce: "pre",
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => code,
  },
});

/** Vite would fetch what a part needs before the part. Where all is one script there is no more to fetch, and maybe no page. */
export function ofOneScript(): Plugin {
  return loadParts("of-one-script", "export const __vitePreload = (load) => load();");
}

/** Vite would tell the browser to import in advance, and some never ask again for what did not come: see contract/part.ts. */
function ofWholeParts(): Plugin {
  const module = JSON.stringify(here("app/contract/part.ts"));
  return loadParts("of-whole-parts", `export { part as __vitePreload } from ${module};`);
}

/**
 * uPlot forms numbers in the browser's language, and does not load where that is none: WebKitGTK's is "C" in a bare
 * locale. The page's language is one for all.
 */
export function numbersOfThePage(): Plugin {
  const theirs = "domEnv ? nav.language : 'en-US'";
  return {
    name: "numbers-of-the-page",
    transform: {
      filter: { id: /\/uPlot\.esm\.js$/ },
      handler(code) {
        if (!code.includes(theirs)) this.error(`uPlot no longer takes its language from ${theirs}`);
        return code.replace(theirs, '"en"');
      },
    },
  };
}

/**
 * Vite writes each chunk of a page as a script of its own, and a browser may draw between two of them: an element that
 * begins when it is seen would begin before the page has told it with what. All but the last are what that one imports.
 */
function oneScriptPerPage(): Plugin {
  return {
    name: "one-script-per-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (page) =>
        page.replace(
          /<script type="module" crossorigin src="([^"]*)"><\/script>(?=[\s\S]*<script type="module")/g,
          '<link rel="modulepreload" crossorigin href="$1">',
        ),
    },
  };
}

/** What the bundler tells of a module when it forms chunks. */
interface Chunking {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/**
 * What the element needs from its start is one chunk: cut along what other pages share of it, it compresses less well,
 * and a few more shared modules can cost the first download kilobytes. Its name changes with what is in it, so that no
 * page finds an older one in a cache.
 */
function partOfElement(): (id: string, context: Chunking) => string | null {
  const known = new Set<string>();
  const follow = (id: string, context: Chunking) => {
    if (known.has(id)) return;
    known.add(id);
    for (const next of context.getModuleInfo(id)?.importedIds ?? []) follow(next, context);
  };
  return (id, context) => {
    follow(here("app/element/np-playground.ts"), context);
    return known.has(id) ? "element" : null;
  };
}

const name = async () => (await built()).withWords("%site.name%");

export default defineConfig({
  root: here("."),
  base: "./", // the site works from any sub-path of any host
  appType: "mpa", // a missing file is a 404, never index.html in its place
  plugins: [
    madeAtBuildTime(),
    terseTemplates(),
    ofWholeParts(),
    numbersOfThePage(),
    oneScriptPerPage(),
    linkPreviews(process.env.SITE_URL, name),
  ],
  build: {
    target: "es2022",
    outDir: here("../dist"),
    emptyOutDir: true,
    modulePreload: {
      polyfill: false, // where a browser does not know it, scripts come a little later
      // Also where a part is one script only; contract/part.ts fetches all of them.
      resolveDependencies: (file, others, { hostType }) =>
        hostType === "js" ? [...new Set([file, ...others])] : others,
    },
    manifest: true, // scripts/site.mjs follows it to weigh the first download
    rolldownOptions: {
      input: {
        ...Object.fromEntries(PAGES.map((page) => [page, here(page)])),
        [ELEMENT]: here("app/element.ts"),
      },
      output: {
        codeSplitting: { groups: [{ name: partOfElement(), debugName: "element" }] },
        entryFileNames: ({ name }) => (name === ELEMENT ? `${ELEMENT}.js` : "assets/[name]-[hash].js"),
      },
    },
  },
  optimizeDeps: { exclude: ["uplot"] }, // bundled before, it would escape numbersOfThePage
  worker: { format: "iife" }, // classic: see contract/thread.ts
  preview: { port: 4173 },
});
