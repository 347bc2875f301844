"""What holds for all tests: which of them run, on which examples, and what several share."""

from __future__ import annotations

import gc
import os
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

from bizalign_lint.cli.edge import run

from .expected import Golden, Updater, golden_file

# The same examples in every run: a change is judged by what it changes, not by the day's luck.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
# Fewer of these in a run that asks for nothing by name.
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=30)
# Others in each run; one that fails is printed with the decorator that brings it back.
settings.register_profile("nightly", max_examples=1_000, deadline=None, print_blob=True)
settings.load_profile("repeatable")

HERE = Path(__file__).parent
FOLDERS = {
    "ci": "process",
    "hooks": "process",
    "editors": "editor",
    "page": "browser",
    "oracle": "slow",
}
"""The mark of all that is in a folder."""
LEFT_OUT = ("slow", "process", "editor", "browser")
"""Marks of what a run that asks for nothing by name leaves out."""
NIGHTLY = "nightly"
"""The mark of what only ``--nightly`` runs."""
QUICK = f"not ({' or '.join(LEFT_OUT)})"
ALL_LEFT_OUT = re.compile(rf"^pytestmark = pytest\.mark\.(?:{'|'.join(LEFT_OUT)})$", re.MULTILINE)

Call = Callable[..., tuple[int, str, str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("bizalign-lint")
    group.addoption(
        "--all",
        action="store_true",
        dest="everything",
        help=f"run everything, with what is {', '.join(LEFT_OUT)}",
    )
    group.addoption(
        "--nightly",
        action="store_true",
        help="run what takes many minutes, too, and let hypothesis try others each time",
    )
    group.addoption(
        "--update-golden",
        action="store_true",
        help="write what tests expect anew: tests/expected.py says which texts, and how",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Leave out what takes long, unless it is asked for: by ``--all`` or by any kind of name.

    The processes of ``-n`` are given the options of the first one.
    """
    # Commands start as they do for users, who have bytecode.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A sixth of a run was spent on looking for garbage among thousands of tests that stay.
    gc.set_threshold(50_000, 20, 50)
    option = config.option
    if option.update_golden:
        config.pluginmanager.register(Updater())
    if option.nightly:
        settings.load_profile(NIGHTLY)
        return
    asked = option.everything or option.markexpr or option.keyword or getattr(option, "lf", False)
    if not asked and config.args_source is not pytest.Config.ArgsSource.ARGS:
        option.markexpr = QUICK
    if option.markexpr == QUICK:
        settings.load_profile("quick")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Not even read the folders and modules of which nothing would run."""
    if config.option.markexpr != QUICK:
        return None
    is_left_out = collection_path.parent == HERE and collection_path.name in FOLDERS
    return True if is_left_out or _is_marked(collection_path) else None


def _is_marked(path: Path) -> bool:
    """Whether a module of tests has the mark of what is left out as a whole."""
    if path.suffix != ".py" or not path.name.startswith("test_"):
        return False
    return ALL_LEFT_OUT.search(path.read_text("utf-8")) is not None


def pytest_report_header(config: pytest.Config) -> str:
    """Say what is left out."""
    if config.option.nightly:
        return "tests: everything"
    return f"tests: {config.option.markexpr or 'all that are named'} (--all, --nightly: more)"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what folders hold, and what is beyond the sample of a test with many cases."""
    sampled: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        mark = FOLDERS.get(item.path.relative_to(HERE).parts[0])
        if mark is not None:
            item.add_marker(mark)
        if item.get_closest_marker("sampled") is not None:
            sampled[item.nodeid.partition("[")[0]].append(item)
    for cases in sampled.values():
        mark_ = cases[0].get_closest_marker("sampled")
        assert mark_ is not None
        # By their names, not their places: a case that is added does not replace the others.
        cases.sort(key=lambda item: crc32(item.nodeid.encode()))
        few, *rest = mark_.args
        for item in cases[few:]:
            item.add_marker("slow")
        for many in rest:
            for item in cases[many:]:
                item.add_marker(NIGHTLY)
    if not config.option.nightly and NIGHTLY not in config.option.markexpr:
        wanted = [item for item in items if item.get_closest_marker(NIGHTLY) is None]
        left_out = [item for item in items if item.get_closest_marker(NIGHTLY) is not None]
        if wanted and left_out:
            items[:] = wanted
            config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Look for no garbage among what has been collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file."""
    return golden_file(request.config.option.update_golden)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process: exit code, standard output, standard error."""

    def calling(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return (code, *capsys.readouterr())

    return calling
