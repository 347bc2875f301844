"""Set-up files that are sound, to be mutated, and how each kind is tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from bizalign_lint.engine.load import load
from bizalign_lint.lsp.setup import read_setup
from bizalign_lint.mapping.cases import try_cases
from bizalign_lint.mapping.read import read_rules
from bizalign_lint.parsing.documents import read_shipped
from tests.workspace import DAY

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

MAPPING: dict[str, Any] = {
    "reader": "tables",
    "options": {
        "columns": {"application": ["Application", "System"], "phase": "Status"},
        "labels": 0,
        "leave": ["Notes"],
        "separator": ",",
        "key": "application",
    },
    "elements": [
        {
            "from": {"where": {"phase": ["active", "In use"]}},
            "to": "Application",
            "set": {"title": "application", "lifecycle.phase": {"value": "active"}},
        },
        {"from": {}, "leave": "it is not in use"},
    ],
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
ONTOLOGY = load().ontology
EXAMPLES = [
    Source(f"{kind}.yaml", json.dumps(example).encode())
    for kind, known in ONTOLOGY.kinds.items()
    for example in known.schema["examples"][:1]
]
CASES: dict[str, list[Source]] = {}
"""The cases of shipped mappings, by the reader of these."""
for name, mapping in shipped.mappings().items():
    CASES.setdefault(read_rules(mapping, name, ONTOLOGY).reader, []).append(
        Source(
            f"{name}.test.yaml", Path(shipped.ROOT, "mappings", f"{name}.test.yaml").read_bytes()
        )
    )

BASES: dict[str, list[Any]] = {
    "config": CONFIGS,
    "rule": [*RULES, *OTHERS],
    "schema": [*SCHEMAS, *EXTENSIONS],
    "mapping": [*[MAPPING] * 6, *(d.value for d in read_shipped([*shipped.mappings().values()]))],
}


def written(value: Any) -> bytes:
    """The text of a set-up file."""
    return json.dumps(value, ensure_ascii=True).encode()


def check_schema(text: bytes, folder: Path) -> None:
    """Read a schema, and check its examples."""
    loaded = load([Source("kinds/own.schema.yaml", text)])
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    examples = value.get("examples") if isinstance(value, dict) else None
    model = [Source(f"own-{n}.yaml", written(e)) for n, e in enumerate(examples or [])]
    run(loaded, [*EXAMPLES, *model], Settings(as_of=DAY))


def check_rule(text: bytes, folder: Path) -> None:
    """Read a rule, and judge the examples of all kinds by it."""
    loaded = load([], [Source("lint/own-rule.yaml", text)])
    own = [rule.id for rule in loaded.rules.rules.values() if rule.name == "own-rule"]
    run(loaded, EXAMPLES, Settings(as_of=DAY, select=(*own,)))


def check_config(text: bytes, folder: Path) -> None:
    """Read a configuration, and match paths by it."""
    (folder / ".bizalign.yaml").write_bytes(text)
    setup = read_setup(str(folder))
    for globs in (setup.config.include, setup.config.exclude):
        globs.match("model/a.yaml")


def check_mapping(text: bytes, folder: Path) -> None:
    """Read a mapping, and make definitions of the records that the cases of its reader have."""
    rules = read_rules(Source("lint/own.yaml", text), "own", ONTOLOGY)
    for tests in CASES.get(rules.reader, ()):
        assert [*try_cases(Source("lint/own.yaml", text), "own", tests, ONTOLOGY)]


CHECKS: dict[str, Callable[[bytes, Path], None]] = {
    "config": check_config,
    "rule": check_rule,
    "schema": check_schema,
    "mapping": check_mapping,
}


def wrong(check: Callable[[bytes, Path], None], text: bytes, folder: Path) -> str:
    """What is wrong with how a file is taken; empty where it works, or is refused with a place."""
    try:
        check(text, folder)
    except BizalignError as error:
        if error.exit_code == 2 and all(e.location is not None for e in (error, *error.others)):
            return ""
        return f"no place: {error!r}"
    except Exception as error:
        return f"a crash: {error!r}"
    return ""
