"""Files of the set-up: configuration, rules, schemas, mappings, baseline, coverage, lock file."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
from bizalign_lint.findings.baseline_file import read_baseline
from bizalign_lint.findings.ratchet import read_ratchet
from bizalign_lint.lifecycles.lock import read_lock
from bizalign_lint.mapping.landscape import read_landscape
from bizalign_lint.parsing.documents import read_document
from tests.doors.mutations import mutated
from tests.doors.setups import BASES, CHECKS
from tests.landscape import fuzz as foreign

Check = Callable[[bytes, Path], None]

LOCK = {
    "version": 1,
    "source": "https://example.org",
    "asOf": "2026-06-30",
    "products": [
        {
            "name": "nodejs",
            "label": "Node.js",
            "knownAs": ["node"],
            "releases": [{"name": "20", "label": "20", "endOfSupport": "2026-04-30"}],
        }
    ],
}
BASELINE = {
    "version": 2,
    "findings": [{"rule": "BAS101", "entity": None, "message": "x", "fingerprint": "0" * 16}],
}
SHARES = {"config": 40, "mapping": 20, "rule": 16, "baseline": 8, "coverage": 6, "lock": 6}


def _mapping(text: bytes, folder: Path) -> None:
    own = Source("own.yaml", text)
    landscape = read_landscape([SourceSpec(Globs(["*"]), "own.yaml", own)], load().ontology)
    reader = read_document(own).value.get("reader")
    if isinstance(reader, str) and reader in foreign.SEEDS:
        landscape.read_files(foreign.seeds(reader)[:2])


def _lock(text: bytes, folder: Path) -> None:
    read_lock(Source("lifecycles.lock.json", text))


def _baseline(text: bytes, folder: Path) -> None:
    (folder / ".bizalign-baseline.json").write_bytes(text)
    read_baseline(str(folder))


def _coverage(text: bytes, folder: Path) -> None:
    (folder / ".bizalign-coverage.yaml").write_bytes(text)
    read_ratchet(str(folder))


@cache
def _kinds() -> dict[str, tuple[Check, list[Any]]]:
    mappings = [
        read_document(source, BizalignError).value for source in shipped.mappings().values()
    ]
    return {
        **{kind: (check, BASES[kind]) for kind, check in CHECKS.items()},
        "mapping": (_mapping, mappings),
        "lock": (_lock, [LOCK]),
        "baseline": (_baseline, [BASELINE]),
        "coverage": (_coverage, [{"outcome": 40, "support": 12.5}]),
    }


@cache
def _folder() -> TemporaryDirectory[str]:
    made = TemporaryDirectory()
    for name in ("kinds", "lint", "model"):
        Path(made.name, name).mkdir()
    return made


def one(random: Random) -> int:
    """One file, its values mutated or its bytes spoilt; a schema, which takes longest, rarely."""
    kind = random.choices([*SHARES, "schema"], [*SHARES.values(), 4])[0]
    check, bases = _kinds()[kind]
    text = json.dumps(mutated(random.choice(bases), bases, random), ensure_ascii=True).encode()
    if random.random() < 0.25:
        text = foreign.spoilt(text, random)
    folder = Path(_folder().name)
    try:
        check(text, folder)
    except BizalignError as error:
        where = [one.location for one in (error, *error.others)]
        if error.exit_code != 2 or (None in where and kind not in ("baseline", "coverage")):
            error.add_note(f"{kind}: no place: {text!r}")
            raise AssertionError(f"no place: {error}") from error
    except Exception as error:
        error.add_note(f"{kind}: {text!r}")
        raise
    finally:
        for name in (".bizalign.yaml", ".bizalign-baseline.json", ".bizalign-coverage.yaml"):
            (folder / name).unlink(missing_ok=True)
    return 1
