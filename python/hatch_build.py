"""Puts the element, in one file with its module and its images, in front of the widget's own script."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "np_playground"
ELEMENT = HERE.parent / "dist" / "np-playground.single.js"
BUNDLE = PACKAGE / "widget.bundle.js"


class Bundle(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if ELEMENT.exists():
            BUNDLE.write_text(ELEMENT.read_text() + "\n" + (PACKAGE / "widget.js").read_text())
        elif not BUNDLE.exists():  # a source distribution has the bundle, and no element beside it
            raise FileNotFoundError(f"{ELEMENT}: build the site first, with npm run build")
