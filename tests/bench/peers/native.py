"""A native peer as a process: one JSON request a line in, one answer a line out, as contender.ts wants them.

    python3 native.py tensorflow|torch DATA      DATA: the folder with the site's shards of MNIST
"""

import gzip
import importlib
import json
import sys
import time
from pathlib import Path

import numpy as np

WARM_UP_S = 1.0


def images(folder, count):
    """The first images of the shards, x (count, 784) in [0, 1] and y (count, 10) one-hot."""
    manifest = json.loads((folder / "manifest.json").read_text())
    shards = manifest["train"]["shards"][: -(-count // manifest["shard_size"])]

    def part(kind, header):
        files = (gzip.decompress((folder / shard[kind]["file"]).read_bytes()) for shard in shards)
        return np.concatenate([np.frombuffer(file, np.uint8)[header:] for file in files])

    x = part("images", 16).reshape(-1, 784)[:count].astype(np.float32) / 255
    y = np.eye(10, dtype=np.float32)[part("labels", 8)[:count]]
    return x, y


class Run:
    """One case: a trainer and the mini-batches that it goes round."""

    def __init__(self, module, x, y, case):
        size = case["batch_size"]
        name = case["algorithm"]
        self.size = size
        decorrelated = name.startswith("d")
        rule = name[1:] if decorrelated else name
        self.trainer = module.Trainer([784, *case["hidden_sizes"], 10], rule, decorrelated, size)
        self.batches = [
            module.batch(x[i : i + size], y[i : i + size]) for i in range(0, len(x) - size + 1, size)
        ]
        self.steps = 0
        self.run(WARM_UP_S)  # compiles
        self.run(WARM_UP_S)

    def run(self, seconds):
        start = end = time.perf_counter()
        steps = 0
        while steps == 0 or end - start < seconds:
            self.trainer.step(*self.batches[self.steps % len(self.batches)])
            self.steps += 1
            steps += 1
            end = time.perf_counter()
        return {"samples": steps * self.size, "seconds": end - start}


def main():
    framework, data = sys.argv[1:]
    module = importlib.import_module(f"{framework}_rules")
    x, y = images(Path(data), 10_000)
    print(json.dumps({"version": module.VERSION}), flush=True)
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["kind"] == "begin":
            run = Run(module, x, y, request)
            answer = {"samples": 0, "seconds": 0}
        else:
            answer = run.run(request["ms"] / 1000)
        print(json.dumps(answer), flush=True)


main()
