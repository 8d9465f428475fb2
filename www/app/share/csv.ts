import type { Result, RunResult } from "../contract/result";

/** A value of a row; what does not exist leaves its place empty. */
type Cell = string | number | null | undefined;

/**
 * The result as a tidy table: one row for each rule, seed and epoch, columns by the keys of the history. Accuracies are
 * fractions, angles degrees, times seconds; of what there is for each layer, each has a column.
 */
export function toCsv({ runs }: Result): string {
  const layers = Math.max(
    0,
    ...runs.flatMap(({ history }) => history.decorrelation_loss.map((row) => row.length)),
  );
  const lines = [columns(layers), ...runs.flatMap((run) => rowsOf(run, layers))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

function columns(layers: number): string[] {
  return [
    ...["algorithm", "seed", "status", "epoch", "train_loss", "train_acc", "test_loss", "test_acc"],
    ...["forward_passes", "multiply_adds", "seconds", "alignment_deg"],
    ...perLayer(layers, (layer) => `alignment_deg_layer_${layer}`),
    ...perLayer(layers, (layer) => `decorrelation_loss_layer_${layer}`),
  ];
}

function rowsOf({ algorithm, seed, status, history }: RunResult, layers: number): Cell[][] {
  return history.epoch.map((epoch, row) => [
    ...[algorithm, seed, status, epoch, history.train_loss[row], history.train_acc[row]],
    ...[history.test_loss[row], history.test_acc[row], history.forward_passes[row]],
    ...[history.multiply_adds[row], history.seconds[row], history.alignment_deg[row]?.network],
    ...perLayer(layers, (layer) => history.alignment_deg[row]?.layers[layer - 1]),
    ...perLayer(layers, (layer) => history.decorrelation_loss[row]?.[layer - 1]),
  ]);
}

function perLayer<T>(layers: number, of: (layer: number) => T): T[] {
  return Array.from({ length: layers }, (_, index) => of(index + 1));
}
