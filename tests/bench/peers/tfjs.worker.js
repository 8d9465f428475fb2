// TensorFlow.js in a worker of its own, in the steps of contender.ts: load, then begin and run for every case.

import { AutomaticNet, Net } from "./tfjs-rules.js";

/** Mini-batches that are made tensors before anything is timed, so that the library gets its input for nothing. */
const BATCHES = 10;
const WARM_UP_MS = 500;

let tf;
let images;
let current;

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage(await answer(data));
  } catch (thrown) {
    self.postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) });
  }
});

async function answer(request) {
  switch (request.kind) {
    case "load":
      await load(request);
      return {};
    case "begin":
      begin(request);
      return {};
    case "run":
      return { slice: run(current.net, request.ms) };
  }
}

async function load({ library, backend, pixels, labels }) {
  await import(/* @vite-ignore */ `${library}tf.min.js`);
  await import(/* @vite-ignore */ `${library}tf-backend-wasm.min.js`);
  tf = globalThis.tf;
  tf.wasm.setWasmPaths(library);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
  if (backend === "wasm" && !(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("no SIMD");
  images = { pixels, labels };
}

function begin(request) {
  current?.net.dispose();
  for (const { x, y } of current?.batches ?? []) tf.dispose([x, y]);
  current = { batches: batchesOf(request.batch_size), next: 0 };
  const Form = request.usual && request.algorithm === "bp" ? AutomaticNet : Net;
  current.net = new Form(tf, request);
  warmUp(current.net);
}

function batchesOf(size) {
  const { pixels, labels } = images;
  const count = Math.min(BATCHES, Math.floor(labels.length / size));
  return Array.from({ length: count }, (_, i) => {
    const bytes = pixels.subarray(i * size * 784, (i + 1) * size * 784);
    const classes = Array.from(labels.subarray(i * size, (i + 1) * size));
    return {
      x: tf.tensor2d(
        Float32Array.from(bytes, (byte) => byte / 255),
        [size, 784],
      ),
      y: tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(classes, "int32"), 10), "float32")),
    };
  });
}

/** Runs a net until it is warm; an update of seconds is warm as it is. */
function warmUp(net) {
  if (run(net, WARM_UP_MS).seconds < 2) run(net, WARM_UP_MS);
}

function run(net, ms) {
  const start = performance.now();
  let steps = 0;
  let end = start;
  while (steps === 0 || end - start < ms) {
    const { x, y } = current.batches[current.next];
    current.next = (current.next + 1) % current.batches.length;
    net.step(x, y);
    steps += 1;
    end = performance.now();
  }
  return { samples: steps * current.batches[0].x.shape[0], seconds: (end - start) / 1000 };
}
