"""The schemas of set-up files: they take what we take, and know the names of the workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bizalign_lint.core import shipped
from bizalign_lint.core.types import Source
from bizalign_lint.parsing.documents import read_document
from tests.conftest import Call

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def schema(call: Call, name: str, root: Path = EXAMPLES / "meridian") -> dict[str, Any]:
    code, out, _ = call("schema", f"--{name}", str(root))
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    Draft202012Validator.check_schema(found)
    return found


def read(path: Path) -> Any:
    return read_document(Source(path.name, path.read_bytes())).value


def test_configurations(call: Call) -> None:
    found = schema(call, "config")
    is_valid = Draft202012Validator(found).is_valid
    for path in sorted(EXAMPLES.rglob(".bizalign.yaml")):
        assert is_valid(read(path)), path
    assert is_valid({"select": ["BAS101", "BAS"], "severity": {"BAS101": "error"}})
    assert is_valid({"severity": {"BAS101": {"warning": "2026-10-01", "error": "2027-01-01"}}})
    assert not is_valid({"severity": {"BAS101": {"grave": "2027-01-01"}}})
    assert not is_valid({"severity": {"BAS101": "grave"}}) and not is_valid({"selct": []})
    choice = found["properties"]["select"]["items"]["anyOf"][0]
    assert "BAS101" in choice["enum"]
    assert len(choice["enum"]) == len(choice["markdownEnumDescriptions"])
    assert found["properties"]["params"]["properties"]["BAS101"]["description"]


def test_rules_and_mappings(call: Call) -> None:
    is_rule = Draft202012Validator(schema(call, "rule")).is_valid
    rules = [source for source in shipped.rules() if b"\nseverity:" in source.content]
    assert all(is_rule(read_document(source).value) for source in rules[::9])
    assert not is_rule({"id": "BAS101"})
    is_mapping = Draft202012Validator(schema(call, "mapping")).is_valid
    for path in sorted((EXAMPLES.parent / "mappings").glob("*.yaml")):
        if not path.name.endswith(".test.yaml"):
            assert is_mapping(read(path)), path


def test_kinds_and_rules_of_ones_own_are_known(call: Call) -> None:
    own = EXAMPLES / "own-kinds"
    kinds = schema(call, "rule", own)["properties"]["target"]["anyOf"][0]["enum"]
    assert set(kinds) > set(schema(call, "rule")["properties"]["target"]["anyOf"][0]["enum"])


@pytest.mark.parametrize("name", ["config", "rule", "mapping"])
def test_it_is_not_a_setting_of_the_editor(call: Call, name: str) -> None:
    code, _, said = call("schema", f"--{name}", "--vscode", str(EXAMPLES / "meridian"))
    assert code == 2 and f"--{name} cannot be combined with --vscode" in said
