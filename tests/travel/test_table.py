"""What Python makes of results: those of the native command are as good as those of the page."""

import json
import re
import subprocess

import pandas
import pytest
from np_playground import COLOURS, Playground, history_of


@pytest.fixture(scope="session")
def result(command, mnist, tmp_path_factory) -> dict:
    config = tmp_path_factory.mktemp("result") / "config.json"
    settings = {"train_size": 500, "test_size": 500, "image_size": 14, "epochs": 2, "num_seeds": 2}
    config.write_text(json.dumps({**settings, "algorithms": ["bp", "danp"], "hidden_sizes": [16]}))
    done = subprocess.run([command, "train", config, "--data", mnist], check=True, capture_output=True)
    return json.loads(done.stdout)


def test_a_row_for_each_rule_seed_and_epoch(result):
    table = history_of(result)
    assert len(table) == 2 * 2 * 3
    assert list(table.columns) == [
        *["algorithm", "seed", "status", "epoch", "train_loss", "train_acc", "test_loss", "test_acc"],
        *["forward_passes", "multiply_adds", "seconds", "alignment_deg"],
        *["alignment_deg_layer_1", "alignment_deg_layer_2"],
        *["decorrelation_loss_layer_1", "decorrelation_loss_layer_2"],
    ]
    last = table[(table.algorithm == "danp") & (table.seed == 1)].iloc[-1]
    run = next(run for run in result["runs"] if (run["algorithm"], run["seed"]) == ("danp", 1))
    assert last.epoch == 2 and last.test_acc == run["history"]["test_acc"][2]
    assert last.decorrelation_loss_layer_2 == run["history"]["decorrelation_loss"][2][1]
    assert table[table.epoch == 0].train_loss.isna().all(), "before training there is none"


def test_before_anything_is_measured_the_table_is_empty():
    playground = Playground(rules=("np", "danp"), lr=0.003)
    assert playground.config == {"algorithms": ["np", "danp"], "lr": 0.003}
    assert playground.result == {} and len(playground.history()) == 0
    assert {"algorithm", "epoch", "test_acc"} <= set(playground.history().columns)


def test_the_colours_are_those_of_the_page(project):
    tokens = (project / "www" / "app" / "ui" / "tokens.css").read_text()
    hues = dict(re.findall(r"--np-(bp|np|inp|anp): var\(--np-light, (#\w{6})\)", tokens))
    assert len(hues) == 4
    # Those of the other rules the page makes itself: tests/unit/hues.test.ts compares all of them.
    assert {rule: COLOURS[rule] for rule in hues} == hues
    assert {rule: COLOURS[f"d{rule}"] for rule in hues} == hues


def test_it_opens_in_pandas_as_numbers(result):
    numbers = history_of(result).drop(columns=["algorithm", "status"])
    assert all(pandas.api.types.is_numeric_dtype(kind) for kind in numbers.dtypes)


def test_what_no_epoch_has_measured_yet_is_numbers_too(result):
    runs = [{**run, "history": {name: rows[:1] for name, rows in run["history"].items()}} for run in result["runs"]]
    table = history_of({**result, "runs": runs})
    assert table.dtypes.to_dict() == history_of(result).dtypes.to_dict()
    assert table.train_acc.isna().all() and len(table.pivot_table(values="test_acc", index="algorithm")) == 2
