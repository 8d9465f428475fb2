import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { defineConfig, type Plugin } from "vite";
import { toBase85 } from "./app/contract/base85.ts";
import { madeAtBuildTime, numbersOfThePage, ofOneScript, terseTemplates } from "./vite.config.ts";

// The element in one file, np-playground.single.js, for who can upload one: everything that it would fetch is in it.
// Built after the site, whose workers it takes.

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Large enough to see the rules learn, small enough for one file. */
const MOST = { train_size: 2000, test_size: 500, image_size: 14 };
const SIDE = 28;
const HEADERS = { images: 16, labels: 8 }; // bytes: magic number, count, and of images rows and columns

/** What the build of the site calls by an address, and the path that it has in the file. */
const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/trainer\.worker\.ts\?worker&url$/, "/trainer.worker.js"],
  [/reader\.worker\.ts\?worker&url$/, "/reader.worker.js"],
  [/own\.worker\.ts\?worker&url$/, "/own.worker.js"],
  [/pkg\/np_playground_bg\.wasm\?url$/, "/engine.wasm"],
  [/pkg\/np_playground_relaxed\.wasm\?url$/, "/relaxed.wasm"],
  [/pkg\/reader\/np_playground_bg\.wasm\?url$/, "/reader.wasm"],
  [/^\/data\/manifest\.json\?url$/, "/data/manifest.json"],
];

/** Gzip, as small as it can be: the file is packed once, and uploaded and fetched as it is. */
async function pack(bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await gzipAsync(bytes, { numiterations: 15, blocksplittingmax: 0 }));
}

/** Images of half the side: means of 2 x 2 pixels, rounded to whole numbers. */
function halved(images: Buffer, count: number): Buffer {
  const side = SIDE / 2;
  const head = Buffer.from(images.subarray(0, HEADERS.images));
  for (const [place, value] of [count, side, side].entries()) head.writeUInt32BE(value, 4 * (place + 1));
  const pixels = Buffer.alloc(count * side * side);
  for (let at = 0; at < pixels.length; at++) {
    const [row, col] = [Math.floor(at / side), at % side]; // rows of all images, one after the other
    const first = HEADERS.images + 2 * row * SIDE + 2 * col;
    const four = [0, 1, SIDE, SIDE + 1].map((next) => images[first + next] ?? 0);
    pixels[at] = Math.round(four.reduce((sum, pixel) => sum + pixel, 0) / 4);
  }
  return Buffer.concat([head, pixels]);
}

function firstLabels(labels: Buffer, count: number): Buffer {
  const part = Buffer.from(labels.subarray(0, HEADERS.labels + count));
  part.writeUInt32BE(count, 4);
  return part;
}

/** The first images of the site's first shards, whose classes have equal shares, and the list of them. */
async function dataFiles(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const folder = here("public/data/");
  const manifest = JSON.parse(readFileSync(`${folder}manifest.json`, "utf8"));
  const part = async (name: "train" | "test", count: number) => {
    const [shard] = manifest[name].shards;
    const put = async (kind: "images" | "labels", cut: (bytes: Buffer, count: number) => Buffer) => {
      const bytes = cut(gunzipSync(readFileSync(folder + shard[kind].file)), count);
      const packed = await pack(bytes);
      const file = `${name}-${kind}.gz`;
      files.set(`/data/${file}`, packed);
      return { file, bytes: packed.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    };
    const [images, labels] = [await put("images", halved), await put("labels", firstLabels)];
    return { count, shards: [{ count, images, labels }] };
  };
  const train = await part("train", MOST.train_size);
  const test = await part("test", MOST.test_size);
  const list = { ...manifest, rows: MOST.image_size, cols: MOST.image_size, train, test };
  files.set("/data/manifest.json", await pack(Buffer.from(JSON.stringify(list))));
  return files;
}

/** What the element fetches, by its path, packed. */
async function held(): Promise<[path: string, written: [text: string, length: number]][]> {
  const assets = readdirSync(here("../dist/assets"));
  const script = (name: string) => {
    const file = assets.find((asset) => asset.startsWith(`${name}.worker-`));
    return readFileSync(here(`../dist/assets/${file}`));
  };
  const files = new Map([
    ["/engine.wasm", readFileSync(here("pkg/np_playground_bg.wasm"))],
    ["/trainer.worker.js", script("trainer")],
    ["/reader.worker.js", script("reader")],
  ]);
  const packed = await Promise.all(
    [...files].map(async ([path, bytes]) => [path, await pack(bytes)] as const),
  );
  return [...packed, ...(await dataFiles())].map(([path, bytes]) => [path, [toBase85(bytes), bytes.length]]);
}

/** Curves that were recorded with more images than the file holds: no settings that it allows are theirs. */
const RECORDED = /\/(recorded|beside)\.json$/;

/**
 * Parts that the file never shows: it reads no other images, is embedded already, its runs end with their page, and what a
 * link says of its results is of the site's images.
 */
const UNSHOWN = /(?:^|\/)(?:check|embed-dialog|own-data|own-reader|under-way)$/;

function withoutCurves(name: string): object {
  return { ...JSON.parse(readFileSync(here(`app/recorded/${name}.json`), "utf8")), runs: [], presets: {} };
}

/** Addresses of what is in the file in place of addresses of files. */
function everythingInside(): Plugin {
  const addressOf = (id: string) => ADDRESSES.find(([file]) => file.test(id))?.[1];
  return {
    name: "everything-inside",
    enforce: "pre",
    resolveId: (source) => {
      const [, recorded] = RECORDED.exec(source) ?? [];
      if (recorded) return `\0recorded:${recorded}`;
      if (UNSHOWN.test(source)) return "\0unshown";
      return addressOf(source) ? `\0inside:${addressOf(source)}` : undefined;
    },
    load: {
      order: "pre",
      async handler(id) {
        const js = (code: string) => ({ code, moduleType: "js" }) as const;
        const [, recorded] = id.split("\0recorded:");
        if (recorded) return js(`export default ${JSON.stringify(withoutCurves(recorded))};`);
        if (id === "\0unshown") return js("export {};");
        if (id.startsWith("\0inside:")) return js(`export default ${JSON.stringify(id.slice(1))};`);
        if (id.endsWith("/contract/bundled.ts"))
          return js(`export const BUNDLED = { most: ${JSON.stringify(MOST)} };`);
        if (!id.endsWith("/contract/get.ts")) return undefined;
        return js(`import { fetchHeld } from "./held";
          export const get = fetchHeld(new Map(${JSON.stringify(await held())}));`);
      },
    },
  };
}

export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [everythingInside(), ofOneScript(), madeAtBuildTime(), terseTemplates(), numbersOfThePage()],
  build: {
    target: "es2022",
    outDir: here("../dist"),
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    chunkSizeWarningLimit: 1250, // kilobytes; scripts/site.mjs holds it to that
    rolldownOptions: {
      input: { "np-playground.single": here("app/element.ts") },
      output: { codeSplitting: false, entryFileNames: "[name].js" },
    },
  },
});
