import { expect, test } from "vitest";
import { appendRows, emptyHistory, historyFromRows } from "../../www/app/contract/history";

const untrained = [0, Number.NaN, Number.NaN, 2.4, 0.1, 0, 0, 0, Number.NaN, Number.NaN, 0, 5, 6];
const trained = [1, 0.7, 0.8, 0.6, 0.85, 50, 1e9, 1.5, 80, 70, 90, 3, 4];

test("flat rows become arrays per epoch, NaN becomes null", () => {
  expect(historyFromRows(Float64Array.from([...untrained, ...trained]), 2)).toEqual({
    epoch: [0, 1],
    train_loss: [null, 0.7],
    train_acc: [null, 0.8],
    test_loss: [2.4, 0.6],
    test_acc: [0.1, 0.85],
    forward_passes: [0, 50],
    multiply_adds: [0, 1e9],
    seconds: [0, 1.5],
    alignment_deg: [
      { network: null, layers: [null, 0] },
      { network: 80, layers: [70, 90] },
    ],
    decorrelation_loss: [
      [5, 6],
      [3, 4],
    ],
  });
});

test("rows may come in parts", () => {
  const history = emptyHistory();
  appendRows(history, Float64Array.from(untrained), 2);
  appendRows(history, Float64Array.from([]), 2);
  appendRows(history, Float64Array.from(trained), 2);
  expect(history).toEqual(historyFromRows(Float64Array.from([...untrained, ...trained]), 2));
});

test("a network without hidden layers has one layer", () => {
  const history = historyFromRows(Float64Array.from([...trained.slice(0, 9), 70, 3]), 1);
  expect(history.alignment_deg).toEqual([{ network: 80, layers: [70] }]);
  expect(history.decorrelation_loss).toEqual([[3]]);
});
