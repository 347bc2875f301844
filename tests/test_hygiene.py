"""The engine knows no kind, no property and no guideline by name: that is for data to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.workspace import kinds_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bizalign_lint"


def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


KINDS = {
    kind
    for path in (ROOT / "schemas").glob("*/*.schema.yaml")
    if path.parent.name != "meta"
    for kind in kinds_of(_load(path))
}
GUIDELINES = {path.parent.name for path in (ROOT / "rules").glob("*/guideline.yaml")} - {
    # A word of its own, and not only there.
    "model",
}
RULE_ID = re.compile(r"^id: (\S+)$", re.MULTILINE)
RULES = {
    path: found[1]
    for path in sorted((ROOT / "rules").glob("*/*.yaml"))
    if path.name != "guideline.yaml" and (found := RULE_ID.search(path.read_text("utf-8")))
}


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module that are not documentation."""
    tree = ast.parse(path.read_bytes())
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield node.lineno, str(node.value)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_names_nothing_of_the_domain(path: Path) -> None:
    assert KINDS
    named = [
        f"{path.name}:{line}: {text}"
        for line, text in _texts(path)
        if text in KINDS or text in GUIDELINES or text in RULES.values()
    ]
    assert named == []


def test_names_of_rules_are_unique() -> None:
    """A rule's name is its file's name, whatever folder it is in."""
    assert len({path.name for path in RULES}) == len(set(RULES.values())) == len(RULES)


def test_every_module_says_what_it_is_for() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        assert ast.get_docstring(ast.parse(path.read_bytes())), path


def test_modules_are_small() -> None:
    """At 300 lines, ask which second job has crept in."""
    large = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.read_bytes().count(b"\n") > 300
    ]
    assert large == []
