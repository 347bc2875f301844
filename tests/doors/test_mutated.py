"""Mutations of every shipped schema, rule and configuration are refused with a place, or work.

``BIZALIGN_MUTATIONS`` says how many, and ``BIZALIGN_SEED`` which.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from bizalign_lint.engine.load import load
from bizalign_lint.lsp.setup import read_setup
from bizalign_lint.parsing.documents import read_shipped
from tests.doors.mutations import mutated
from tests.workspace import DAY

COUNT = int(os.environ.get("BIZALIGN_MUTATIONS", "1000"))
SEED = int(os.environ.get("BIZALIGN_SEED", "1"))
SHARES = {"config": 0.4, "rule": 0.4, "schema": 0.2}
"""How many of the mutations are of which files: a schema takes longest."""
BATCHES = 20
OWN = "Own"
"""What the mutated copy of a kind is called."""

CONFIG: dict[str, Any] = {
    "include": ["model/", "*.yaml"],
    "exclude": ["*.draft.yaml", "build/**", "[a-c]*/x?.yaml"],
    "schemas": ["kinds"],
    "rules": ["lint"],
    "select": ["BAS", "outcome-driven", "MOD106"],
    "ignore": ["BAS101"],
    "severity": {"BAS102": "warning"},
    "params": {"BAS103": {}},
    "coverage": {},
    "failOn": "warning",
    "asOf": "2026-06-30",
    "overrides": [{"paths": ["old/"], "ignore": ["DIS"], "severity": {"OUT101": "info"}}],
}


def _own_kind(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as the organisation's own: another kind, with other names for the ways back."""
    text = json.dumps(schema)
    copied: dict[str, Any] = json.loads(text.replace('"inverse": "', '"inverse": "own'))
    copied["$id"] = "urn:own:v1:Own"
    copied["properties"]["kind"]["const"] = OWN
    for example in copied.get("examples", []):
        example["kind"] = OWN
    return copied


def _own_rule(rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "id": f"OWN{rule['id'][3:]}"}


SCHEMAS = [_own_kind(d.value) for d in read_shipped(shipped.schemas()) if "x-kind" in d.value]
EXTENSIONS = [
    {
        "x-extends": schema["title"] if number % 2 else "Application",
        "properties": {"spec": {"properties": schema["properties"]["spec"]["properties"]}},
    }
    for number, schema in enumerate(SCHEMAS)
]
RULES = [_own_rule(d.value) for d in read_shipped(shipped.rules()) if "severity" in d.value]
OTHERS = [d.value for d in read_shipped(shipped.rules()) if "severity" not in d.value]
CONFIGS = [CONFIG, *(d.value for d in read_shipped([*shipped.profiles().values()]))]
EXAMPLES = [
    Source(f"{kind}.yaml", json.dumps(example).encode())
    for kind, known in load().ontology.kinds.items()
    for example in known.schema["examples"][:1]
]


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def _check_schema(value: Any, folder: Path) -> None:
    loaded = load([Source("kinds/own.schema.yaml", _text(value))])
    examples = value.get("examples") if isinstance(value, dict) else None
    model = [Source(f"own-{n}.yaml", _text(e)) for n, e in enumerate(examples or [])]
    run(loaded, [*EXAMPLES, *model], Settings(as_of=DAY))


def _check_rule(value: Any, folder: Path) -> None:
    loaded = load([], [Source("lint/own-rule.yaml", _text(value))])
    own = [rule.id for rule in loaded.rules.rules.values() if rule.name == "own-rule"]
    run(loaded, EXAMPLES, Settings(as_of=DAY, select=(*own,)))


def _check_config(value: Any, folder: Path) -> None:
    (folder / ".bizalign.yaml").write_bytes(_text(value))
    setup = read_setup(str(folder))
    for globs in (setup.config.include, setup.config.exclude):
        globs.match("model/a.yaml")


def _mutations(kind: str, batch: int) -> Iterator[Any]:
    random = Random(f"{SEED} {kind} {batch}")
    bases = {"config": CONFIGS, "rule": [*RULES, *OTHERS], "schema": [*SCHEMAS, *EXTENSIONS]}[kind]
    for _ in range(round(COUNT * SHARES[kind] / BATCHES)):
        yield mutated(random.choice(bases), bases, random)


CHECKS: dict[str, Callable[[Any, Path], None]] = {
    "config": _check_config,
    "rule": _check_rule,
    "schema": _check_schema,
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("kind", CHECKS)
def test_is_refused_with_its_place_or_works(kind: str, batch: int, tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "lint").mkdir()
    for value in _mutations(kind, batch):
        wrong = _wrong(CHECKS[kind], value, tmp_path)
        assert not wrong, f"{wrong} for {json.dumps(value)}"


def _wrong(check: Callable[[Any, Path], None], value: Any, folder: Path) -> str:
    try:
        check(value, folder)
    except BizalignError as error:
        if error.exit_code == 2 and all(e.location is not None for e in (error, *error.others)):
            return ""
        return f"no place: {error!r}"
    except Exception as error:
        return f"a crash: {error!r}"
    return ""
