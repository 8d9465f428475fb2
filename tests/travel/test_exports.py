"""What the Share menu of the page saves, opened as its readers would: the table with pandas, the weights with safetensors."""

import gzip
import json
import struct
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pandas
import pytest
from playwright.sync_api import expect
from safetensors import safe_open

# As long as MNIST's own test set: every test image is in it, whatever the seed.
TEST_IMAGES = 10_000
LINK = (
    "v=1&algorithms=bp,danp&num_seeds=2&image_size=14&train_size=2500&hidden_sizes=32,16&epochs=2&lr=0.003"
    f"&activation=leaky_relu&test_size={TEST_IMAGES}"
)
LEAK = 0.2


@pytest.fixture(scope="module")
def site(project: Path):
    """The address of the built site."""
    handler = partial(SimpleHTTPRequestHandler, directory=project / "dist")
    handler.log_message = lambda *_: None
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def saved(page, site, tmp_path):
    """What the menu has saved after a training, by the name on its button."""
    page.goto(f"{site}embed.html#{LINK}")
    playground = page.locator("np-playground")
    playground.get_by_role("button", name="Play", exact=True).click()
    expect(playground.locator("np-transport").get_by_text("Done", exact=True)).to_be_visible()
    playground.get_by_role("button", name="Share", exact=True).click()
    menu = playground.get_by_role("dialog", name="Share")
    files = {}
    for name in ["CSV", "JSON", "Weights"]:
        with page.expect_download() as download:
            menu.get_by_role("button", name=name, exact=True).click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    return files


def idx(folder: Path, name: str) -> np.ndarray:
    (path,) = folder.glob(f"{name}*")
    data = path.read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    dimensions = data[3]
    shape = struct.unpack_from(f">{dimensions}I", data, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def small_images(folder: Path) -> np.ndarray:
    """The test images as the networks see them: means of 2 x 2 pixels, from 0 to 1."""
    images = idx(folder, "t10k-images").astype(np.float32) / 255
    return images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 14 * 14)


def answers(file, run: str, layers: int, x: np.ndarray) -> np.ndarray:
    """The class that the network of a run gives each image."""
    for layer in range(1, layers + 1):
        name = f"{run}.{layer}"
        if f"{name}.R" in file.keys():
            x = x @ file.get_tensor(f"{name}.R").T
        x = x @ file.get_tensor(f"{name}.W").T + file.get_tensor(f"{name}.b")
        if layer < layers:
            x = np.where(x > 0, x, LEAK * x)
    return x.argmax(axis=1)


def test_pandas_and_safetensors_read_what_the_page_saves(saved, mnist):
    assert [path.suffix for path in saved.values()] == [".csv", ".json", ".safetensors"]
    result = json.loads(saved["JSON"].read_text())
    config, runs = result["config"], result["runs"]
    assert [(run["algorithm"], run["seed"]) for run in runs] == [("bp", 0), ("bp", 1), ("danp", 0), ("danp", 1)]
    check_table(pandas.read_csv(saved["CSV"]), runs)

    images, labels = small_images(mnist), idx(mnist, "t10k-labels")
    with safe_open(saved["Weights"], "numpy") as file:
        assert json.loads(file.metadata()["config"])["hidden_sizes"] == config["hidden_sizes"] == [32, 16]
        assert any(name.endswith(".R") for name in file.keys()), "of decorrelated rules R, too"
        for run in runs:
            found = answers(file, f"{run['algorithm']}.{run['seed']}", 3, images)
            right, said = (found == labels).sum(), run["history"]["test_acc"][-1]
            # Products are summed in another order here, so that an image on the border of two classes may change sides.
            assert abs(right - round(said * TEST_IMAGES)) <= 2, (run["algorithm"], run["seed"], right, said)


def check_table(table: pandas.DataFrame, runs: list[dict]) -> None:
    assert len(table) == 2 * 2 * 3, "a row for each rule, seed and epoch"
    assert not table.duplicated(["algorithm", "seed", "epoch"]).any()
    numbers = table.drop(columns=["algorithm", "status"])
    assert all(pandas.api.types.is_numeric_dtype(kind) for kind in numbers.dtypes), table.dtypes
    for run in runs:
        rows = table[(table.algorithm == run["algorithm"]) & (table.seed == run["seed"])]
        for column in ["epoch", "train_loss", "train_acc", "test_loss", "test_acc", "forward_passes", "seconds"]:
            expected = np.array(run["history"][column], dtype=float)
            np.testing.assert_array_equal(rows[column].to_numpy(float), expected, err_msg=column)
