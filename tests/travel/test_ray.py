"""examples/ray_sweep.py on a cluster of two workers, one of which is killed on the way."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ray.cluster_utils import Cluster

GRID = {
    "config": {
        "algorithms": ["bp", "danp"], "num_seeds": 2, "train_size": 2000, "test_size": 500, "image_size": 14,
        "hidden_sizes": [32], "epochs": 8,
    },
    "vary": {"lr": [0.001, 0.003], "batch_size": [50, 100]},
}
RUNS = 16


@pytest.fixture
def cluster():
    # The head trains nothing, so that each worker can be taken away.
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 80_000_000})
    yield cluster
    cluster.shutdown()


def add_worker(cluster: Cluster, number: int):
    # An address of its own: the driver belongs to the node that shares its own, which is the head.
    return cluster.add_node(num_cpus=1, object_store_memory=80_000_000, node_ip_address=f"127.0.0.{number}")


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def by_config(results: list[dict]) -> dict[str, dict]:
    """Each run under its configuration, without what a clock says of it."""
    for result in results:
        del result["runs"][0]["history"]["seconds"]
    return {json.dumps(result["config"], sort_keys=True): result for result in results}


HELD_FROM = 4


def holding(command: Path, folder: Path) -> Path:
    """The command, which writes a line to `begun` for each run, and holds the later ones until `go` is there."""
    wrapper = folder / "np-playground"
    wrapper.write_text(f"""#!/bin/sh
cd "{folder}"
if [ "$1" = train ]; then
  echo begun >>begun
  if [ "$(wc -l <begun)" -ge {HELD_FROM} ]; then
    echo held >>held
    while [ ! -e go ]; do sleep 0.05; done
  fi
fi
exec "{command}" "$@"
""")
    wrapper.chmod(0o755)
    return wrapper


def count(file: Path) -> int:
    return len(file.read_text().splitlines()) if file.exists() else 0


def test_a_worker_that_is_killed_loses_no_run_and_changes_no_bit(cluster, command, mnist, project, tmp_path):
    workers = [add_worker(cluster, 2), add_worker(cluster, 3)]
    cluster.wait_for_nodes()
    grid, out, local = tmp_path / "grid.json", tmp_path / "ray.jsonl", tmp_path / "local.jsonl"
    grid.write_text(json.dumps(GRID))
    wrapper, begun, held = holding(command, tmp_path), tmp_path / "begun", tmp_path / "held"

    script = [sys.executable, project / "examples" / "ray_sweep.py", grid, "--data", mnist, "--out", out]
    environment = {**os.environ, "RAY_ADDRESS": cluster.address}
    sweep = subprocess.Popen([*script, "--command", wrapper], env=environment)
    # Each worker holds a run, and what has ended is written.
    while count(held) < len(workers) or len(lines(out)) < count(begun) - len(workers):
        assert sweep.poll() is None, "it has ended before a worker could be killed"
        time.sleep(0.02)
    before = out.read_text()
    cluster.remove_node(workers[0], allow_graceful=False)
    (tmp_path / "go").touch()
    assert sweep.wait() == 0

    results = lines(out)
    assert out.read_text().startswith(before)
    assert len(results) == RUNS
    assert count(begun) == RUNS + 1, "the run of the killed worker is begun anew, and no other"

    subprocess.run([command, "sweep", grid, "--data", mnist, "--out", local], check=True)
    assert by_config(results) == by_config(lines(local))

    # Nothing is left, for Ray or for the command; which of them wrote the file is all the same.
    whole = out.read_text()
    subprocess.run([*script, "--command", wrapper], env=environment, check=True)
    subprocess.run([command, "sweep", grid, "--data", mnist, "--out", out], check=True)
    assert out.read_text() == whole

    # A kill may cut the last line off: its run alone is trained again. An editor may drop its end: nothing is.
    for left, trained in [(whole[:-100], 1), (whole[:-1], 0)]:
        before = count(begun)
        out.write_text(left)
        subprocess.run([*script, "--command", wrapper], env=environment, check=True)
        assert count(begun) == before + trained
        subprocess.run([command, "sweep", grid, "--data", mnist, "--out", out], check=True)
        assert by_config(lines(out)) == by_config(lines(local))


def test_a_wrong_grid_is_told_by_the_command(command, mnist, project, tmp_path):
    grid = tmp_path / "grid.json"
    grid.write_text('{"vary": {"lr": [99]}}')
    script = [sys.executable, project / "examples" / "ray_sweep.py", grid, "--data", mnist]
    done = subprocess.run(
        [*script, "--out", tmp_path / "out.jsonl", "--command", command], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "lr = 99 cannot be used" in done.stderr and "Traceback" not in done.stderr
