// What a look into one update costs the training: the same updates with and without looks, in turns, in one process.
//
//   npm run bench:look
//
// The page asks for a view at most once in 100 updates (www/app/update/pace.ts), which is what is timed here; at a glance it
// asks less often.

import { runnerImport } from "vite";
import { engines } from "../../scripts/train.mjs";

const RULES = ["bp", "np", "inp", "anp", "danp"];
const UPDATES = 100; // between two looks
const LOOKS = 10;
const ROUNDS = 11; // all of them within the 25,000 updates of the longest training

const { module: made } = await runnerImport(new URL("../../www/app/learn/made.ts", import.meta.url).pathname);
const { open } = await engines({ ...made.LOOKED_AT, epochs: 1000 });

/** Milliseconds for the updates between so many looks, with or without them. */
function time(run, looks) {
  const start = performance.now();
  for (let look = 0; look < LOOKS; look++) {
    for (let update = 0; update < UPDATES; update++) run.step();
    if (looks) run.update_of(run.status().step, 0, 0, 0);
  }
  return performance.now() - start;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

for (const rule of RULES) {
  const run = open(rule);
  time(run, true);
  const costs = Array.from({ length: ROUNDS }, (_, round) => {
    // Which of the two goes first changes: what slows down in the course of a round is then not laid to one of them.
    const first = time(run, round % 2 === 1);
    const second = time(run, round % 2 === 0);
    return 100 * ((round % 2 === 0 ? second / first : first / second) - 1);
  });
  const [least, most] = [Math.min(...costs), Math.max(...costs)].map((cost) => cost.toFixed(1));
  console.log(
    `${rule}: looking costs ${median(costs).toFixed(2)}% (median of ${ROUNDS} pairs; ${least} to ${most})`,
  );
  run.free();
}
