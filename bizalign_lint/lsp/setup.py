"""What is in force in a workspace, read from disk: configuration, rules, schemas, baseline."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.today import today
from bizalign_lint.engine.judge import compile_rules
from bizalign_lint.engine.load import Loaded, load_for
from bizalign_lint.findings.baseline import Entry
from bizalign_lint.findings.baseline_file import FILE_NAME, read_baseline
from bizalign_lint.sources.roots import CONFIG_NAME, Root
from bizalign_lint.workspace.config import Config, load
from bizalign_lint.workspace.open import make_settings
from bizalign_lint.workspace.selectors import check_selectors
from bizalign_lint.workspace.setup_files import own_files


class Setup(NamedTuple):
    """As the command line would have it, without arguments."""

    config: Config
    settings: Settings
    loaded: Loaded
    known: tuple[Entry, ...]
    """What the baseline knows."""
    day: date
    """The day that it was read."""

    @property
    def own(self) -> frozenset[str]:
        """The files and folders that it was read from."""
        return own_files(self.config)


def read_setup(root: str) -> Setup:
    """Read all of it. Raises BizalignError, with the place where there is one."""
    config = load(root)
    day = today()
    settings = make_settings(Root(root, None), config, day)
    loaded = load_for(settings)
    check_selectors(
        config,
        {rule.id: rule.params for rule in loaded.rules.rules.values()},
        [guideline.id for guideline in loaded.rules.guidelines],
        [measure.name for measure in loaded.rules.measures],
    )
    compile_rules(loaded, settings)  # what the ontology contradicts is reported now
    return Setup(config, settings, loaded, read_baseline(root) or (), day)


Mark = frozenset[tuple[str, int, int]]
"""What files are known by: path, time of the last change in nanoseconds, size."""


def mark(root: str, own: Iterable[str]) -> Mark:
    """The state on disk of a set-up's files, and of those in its folders."""
    return frozenset(_states(root, {CONFIG_NAME, FILE_NAME, *own}))


def _states(root: str, paths: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        full = os.path.join(root, path)
        try:
            state = os.stat(full)
            yield path, state.st_mtime_ns, state.st_size
            if os.path.isdir(full):
                yield from _states(root, (f"{path}/{name}" for name in os.listdir(full)))
        except OSError:
            yield path, 0, 0


def concerns(path: str, own: frozenset[str]) -> bool:
    """Whether a change of a file is a change of the set-up."""
    name = path.rpartition("/")[2]
    if name in (CONFIG_NAME, FILE_NAME):
        return True
    while path:
        if path in own:
            return True
        path = path.rpartition("/")[0]
    return False
