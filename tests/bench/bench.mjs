// How fast training is, in a real Chromium, in a worker, beside the peak of the browser's SIMD arithmetic.
//
//   npm run bench -- [--json FILE] [--rules bp,anp] [--nets 64-64@100,256-256-256@1000] [--quick]
//                    [--arithmetic fast]   the module with relaxed SIMD
//                    [--peers]     TensorFlow.js in the same rounds (installed when asked for), and TensorFlow and
//                                  PyTorch where Python can import them
//                    [--scaling]   instead: speed and memory as the work grows, and several workers at once

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openPage } from "./browser.mjs";
import { NativePeers, nativePeers } from "./peers/native.mjs";
import { installTfjs, TFJS_FILES, TFJS_NAMES } from "./peers/tfjs.mjs";
import { measureScaling } from "./scaling.mjs";
import { printTable } from "./table.mjs";
import { textbookMultiplyAdds } from "./textbook.mjs";

const RULES = "bp,dbp,np,dnp,inp,dinp,anp,danp";
const NETS = "64-64@100,64-64@1000,256-256-256@1000,1024-1024-1024@1000";

const THOROUGH = { train_size: 10_000, warm_up_ms: 1500, rounds: 9, train_ms: 300, peak_ms: 50, case_s: 60 };
const QUICK = { train_size: 10_000, warm_up_ms: 400, rounds: 3, train_ms: 100, peak_ms: 20, case_s: 20 };

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    rules: { type: "string", default: RULES },
    nets: { type: "string", default: NETS },
    peers: { type: "boolean", default: false },
    arithmetic: { type: "string", default: "exact" },
    quick: { type: "boolean", default: false },
    scaling: { type: "boolean", default: false },
  },
});

function cases() {
  return options.nets.split(",").flatMap((net) => {
    const [, widths, batch] = net.match(/^(\d+(?:-\d+)*)@(\d+)$/) ?? [];
    if (!widths) throw new Error(`--nets: ${net} is no network; write hidden sizes and batch as 64-64@100`);
    const hidden_sizes = widths.split("-").map(Number);
    return options.rules
      .split(",")
      .map((algorithm) => ({ algorithm, hidden_sizes, batch_size: Number(batch) }));
  });
}

/** The fields of the contract, and what the textbook makes of them. */
function rowOf({ multiply_adds_per_sample, ...row }, plan) {
  const share =
    textbookMultiplyAdds(row.algorithm, row.hidden_sizes, row.batch_size) / multiply_adds_per_sample;
  const { peers, ...own } = row;
  return {
    ...own,
    textbook_gflops: row.gflops * share,
    textbook_fraction: row.fraction_of_peak * share,
    ...(plan.peers.length > 0 && { peers }),
  };
}

async function measureAll(page, plan) {
  const rows = [];
  for (const next of cases()) {
    const row = rowOf(await page.call("measureCase", next, plan), plan);
    printTable(row, rows.at(-1), plan.peers);
    rows.push(row);
    save(rows); // a long run that is broken off has measured something
  }
}

function save(result) {
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
}

if (options.peers) installTfjs();
const peers = options.peers ? [...TFJS_NAMES, ...nativePeers()] : [];
const plan = { ...(options.quick ? QUICK : THOROUGH), arithmetic: options.arithmetic, peers };
const native = new NativePeers();
const page = await openPage(options.peers ? TFJS_FILES : {}, {
  askNative: (name, request) => native.ask(name, request),
});
try {
  const version = await page.call("version");
  console.log(`NP Playground ${version}, ${options.arithmetic} arithmetic, ${await page.call("userAgent")}`);
  if (options.scaling) save(await measureScaling(page, plan));
  else await measureAll(page, plan);
} finally {
  native.close();
  await page.close();
}
