// The result as it comes: a table for each network, a line for each rule.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const COLUMNS = ["rule", "samples/s", "GFLOP/s", "peak", "of peak", "textbook"];
const WIDTHS = [6, 10, 8, 6, 8, 9];
const PEER_WIDTH = 20;

const line = (cells) => cells.map((cell, i) => cell.padStart(WIDTHS[i] ?? PEER_WIDTH)).join(" ");

/** Prints a row, under its network's name where the row before was another's. */
export function printTable(row, before, peers) {
  const titleOf = ({ hidden_sizes, batch_size }) =>
    `${[784, ...hidden_sizes, 10].join("-")}, batches of ${whole.format(batch_size)}`;
  if (!before || titleOf(before) !== titleOf(row)) {
    console.log(`\n${titleOf(row)}\n${line([...COLUMNS, ...peers])}`);
  }
  console.log(
    line([
      row.algorithm,
      whole.format(row.samples_per_s),
      row.gflops.toFixed(1),
      row.peak_gflops.toFixed(1),
      row.fraction_of_peak.toFixed(2),
      row.textbook_fraction.toFixed(2),
      ...peers.map((name) => peerCell(row.peers[name])),
    ]),
  );
  for (const [name, { skipped }] of Object.entries(row.peers ?? {})) {
    if (skipped) console.log(`       ${name} skipped: ${skipped}`);
  }
}

/** The peer's own speed, and how many times as fast ours is. */
function peerCell(peer) {
  if ("skipped" in peer) return "-";
  return `${whole.format(peer.samples_per_s)} (x${peer.ratio.toPrecision(3)})`;
}
