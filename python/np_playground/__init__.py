"""NP Playground in a notebook: learning rules train in the browser, what they measure comes back to Python.

    from np_playground import Playground

    playground = Playground(rules=["np", "danp"], lr=0.003)
    playground              # shows it, and trains
    playground.history()    # what has been measured so far: a row for each rule, seed and epoch
"""

from pathlib import Path

import anywidget
import pandas
import traitlets

from .colours import COLOURS
from .table import history_of

__all__ = ["COLOURS", "Playground", "history_of"]


class Playground(anywidget.AnyWidget):
    """The playground, as a widget. Settings have the names of a configuration file: lr, epochs, hidden_sizes, ...

    rules: the algorithms, such as ["np", "danp"].
    autoplay: whether it trains as soon as it is seen; else it waits for its play button.
    """

    _esm = Path(__file__).parent / "widget.bundle.js"

    config = traitlets.Dict(help="The settings that differ from the defaults; another dict trains anew.").tag(sync=True)
    autoplay = traitlets.Bool(True, help="Whether it trains as soon as it is seen.").tag(sync=True)
    result = traitlets.Dict(help="What the page has measured so far: {config, version, runs}.").tag(sync=True)
    error = traitlets.Unicode(help="What was wrong with the settings, in a sentence; empty if nothing was.").tag(sync=True)

    def __init__(self, rules: list[str] | None = None, *, autoplay: bool = True, **settings):
        if rules is not None:
            settings["algorithms"] = list(rules)
        super().__init__(config=settings, autoplay=autoplay)

    def history(self) -> pandas.DataFrame:
        """What has been measured so far: one row for each rule, seed and epoch."""
        return history_of(self.result)
