export interface Alignment {
  network: number | null;
  layers: (number | null)[];
}

/** Arrays per epoch, index 0 = untrained; null where a value does not exist. Accuracies are fractions. */
export interface History {
  epoch: number[];
  train_loss: (number | null)[];
  train_acc: (number | null)[];
  test_loss: (number | null)[];
  test_acc: (number | null)[];
  alignment_deg: Alignment[];
  decorrelation_loss: (number | null)[][];
  forward_passes: number[];
  multiply_adds: number[];
  seconds: number[];
}

/** The numbers before the per-layer ones in a row, in the order of src/metrics.rs. */
const SCALARS = 9;

/** Length of one row of a network with `layers` weight layers. */
export function rowLength(layers: number): number {
  return SCALARS + 2 * layers;
}

export function emptyHistory(): History {
  return {
    epoch: [],
    train_loss: [],
    train_acc: [],
    test_loss: [],
    test_acc: [],
    alignment_deg: [],
    decorrelation_loss: [],
    forward_passes: [],
    multiply_adds: [],
    seconds: [],
  };
}

/** The same history as it was after its first rows. */
export function firstRows(history: History, count: number): History {
  return {
    epoch: history.epoch.slice(0, count),
    train_loss: history.train_loss.slice(0, count),
    train_acc: history.train_acc.slice(0, count),
    test_loss: history.test_loss.slice(0, count),
    test_acc: history.test_acc.slice(0, count),
    alignment_deg: history.alignment_deg.slice(0, count),
    decorrelation_loss: history.decorrelation_loss.slice(0, count),
    forward_passes: history.forward_passes.slice(0, count),
    multiply_adds: history.multiply_adds.slice(0, count),
    seconds: history.seconds.slice(0, count),
  };
}

/** Appends the rows that lie one after another in `rows`. */
export function appendRows(history: History, rows: Float64Array, layers: number): void {
  const length = rowLength(layers);
  for (let start = 0; start < rows.length; start += length) {
    appendRow(history, [...rows.subarray(start, start + length)], layers);
  }
}

export function historyFromRows(rows: Float64Array, layers: number): History {
  const history = emptyHistory();
  appendRows(history, rows, layers);
  return history;
}

function appendRow(history: History, row: number[], layers: number): void {
  const exact = (index: number) => row[index] ?? Number.NaN;
  const measured = (index: number) => nullable(exact(index));
  const perLayer = (start: number) => row.slice(start, start + layers).map(nullable);
  history.epoch.push(exact(0));
  history.train_loss.push(measured(1));
  history.train_acc.push(measured(2));
  history.test_loss.push(measured(3));
  history.test_acc.push(measured(4));
  history.forward_passes.push(exact(5));
  history.multiply_adds.push(exact(6));
  history.seconds.push(exact(7));
  history.alignment_deg.push({ network: measured(8), layers: perLayer(SCALARS) });
  history.decorrelation_loss.push(perLayer(SCALARS + layers));
}

/** A row crosses the boundary as numbers only: NaN stands for "does not exist". */
function nullable(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
