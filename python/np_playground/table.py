"""Results as tables."""

import pandas

# What a history holds one number of for each epoch.
QUANTITIES = ["train_loss", "train_acc", "test_loss", "test_acc", "forward_passes", "multiply_adds", "seconds"]
# What exists in every row. The other columns may have gaps, or nothing but gaps: they are numbers all the same.
WHOLE = ["algorithm", "seed", "status", "epoch", "forward_passes", "multiply_adds"]


def history_of(result: dict) -> pandas.DataFrame:
    """A result of the page or of the native command as a table: one row for each rule, seed and epoch.

    The columns are those of the page's CSV file: accuracies are fractions, angles degrees, times seconds; of what there
    is for each layer, each has a column. What does not exist, such as the training loss of an untrained network, is NaN.
    """
    runs = result.get("runs", [])
    layers = max((len(row) for run in runs for row in run["history"]["decorrelation_loss"]), default=0)
    rows = [row for run in runs for row in rows_of(run)]
    table = pandas.DataFrame(rows, columns=columns(layers))
    return table.astype({name: "float64" for name in table.columns if name not in WHOLE})


def columns(layers: int) -> list[str]:
    per_layer = [
        f"{quantity}_layer_{layer}"
        for quantity in ("alignment_deg", "decorrelation_loss")
        for layer in range(1, layers + 1)
    ]
    return ["algorithm", "seed", "status", "epoch", *QUANTITIES, "alignment_deg", *per_layer]


def rows_of(run: dict) -> list[dict]:
    history = run["history"]
    return [
        {
            **{name: run[name] for name in ("algorithm", "seed", "status")},
            **{name: history[name][index] for name in ("epoch", *QUANTITIES)},
            "alignment_deg": alignment["network"],
            **each_layer("alignment_deg", alignment["layers"]),
            **each_layer("decorrelation_loss", history["decorrelation_loss"][index]),
        }
        for index, alignment in enumerate(history["alignment_deg"])
    ]


def each_layer(quantity: str, values: list) -> dict:
    return {f"{quantity}_layer_{layer}": value for layer, value in enumerate(values, start=1)}
