"""The same grid as `np-playground sweep`, on a cluster of machines: each run is a task of Ray's.

    pip install ray
    python examples/ray_sweep.py GRID.json --data DIR --out RESULTS.jsonl

RAY_ADDRESS names the cluster; without it, one is started on this machine. The command and the images
must have the same paths on every machine. What RESULTS.jsonl holds already is not trained again, and
`np-playground sweep` goes on with the same file.
"""

import argparse
import fcntl
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import ray

# What the command ends with when it has been interrupted: its result is not whole.
STOPPED = 130


class TakenBack(Exception):
    """The machine was wanted for something else."""


# One core a run. A machine that is lost, or taken back, takes its runs with it: others begin them anew.
@ray.remote(num_cpus=1, max_retries=-1, retry_exceptions=[TakenBack])
def train(command: str, config: str, data: list[str]) -> str:
    """The result of a configuration with one run, as a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "config.json")
        file.write_text(config)
        done = subprocess.run([command, "train", file, "--data", *data], capture_output=True, text=True)
    if done.returncode < 0 or done.returncode == STOPPED:
        raise TakenBack
    if done.returncode > 0:
        raise RuntimeError(done.stderr)
    return done.stdout


def missing(command: str, grid: str, data: list[str], out: str) -> list[str]:
    """The configurations of the runs that `out` does not hold yet."""
    listed = [command, "sweep", grid, "--data", *data, "--out", out, "--list"]
    done = subprocess.run(listed, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        # The command has said why.
        sys.exit(done.returncode)
    return done.stdout.splitlines()


def begin(results: BinaryIO) -> None:
    """Readies the file for more lines, as np-playground sweep does: a last one that was cut off is taken away, since its
    run is trained again; one that is whole, but for its end, gets that."""
    results.seek(0)
    last = results.read().rpartition(b"\n")[2]
    if not last:
        return
    try:
        json.loads(last)
        results.write(b"\n")
    except ValueError:
        results.truncate(results.tell() - len(last))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("grid", help="as for np-playground sweep")
    arguments.add_argument("--data", required=True, nargs="+", help="as for np-playground sweep")
    arguments.add_argument("--out", required=True, help="the file for the results, one a line")
    arguments.add_argument("--command", default="np-playground", help="where the command is on every machine")
    given = arguments.parse_args()
    data = [os.path.abspath(path) for path in given.data]

    configs = missing(given.command, given.grid, data, given.out)
    with open(given.out, "a+b") as results:
        try:
            # The lock of np-playground sweep.
            fcntl.flock(results, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"{given.out}: Another sweep is writing it: choose another file with --out.")
        begin(results)
        ray.init()
        pending = [train.remote(given.command, config, data) for config in configs]
        while pending:
            [ended], pending = ray.wait(pending)
            results.write(ray.get(ended).encode())
            results.flush()
            os.fsync(results.fileno())
            print(f"{len(configs) - len(pending)} of {len(configs)} runs have ended", file=sys.stderr)


if __name__ == "__main__":
    main()
