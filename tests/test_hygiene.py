"""The engine knows no kind, no property and no guideline by name: that is for data to say."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.modules import MODULES, PACKAGE, nodes, tree
from tests.workspace import kinds_of

ROOT = PACKAGE.parent


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
    documentation = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield node.lineno, str(node.value)


def test_names_nothing_of_the_domain() -> None:
    assert KINDS and GUIDELINES and RULES
    domain = KINDS | GUIDELINES | {*RULES.values()}
    named = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path in MODULES
        for line, text in _texts(path)
        if text in domain
    ]
    assert named == []


def test_names_of_rules_are_unique() -> None:
    """A rule's name is its file's name, whatever folder it is in."""
    assert len({path.name for path in RULES}) == len(set(RULES.values())) == len(RULES)


def test_every_module_says_what_it_is_for() -> None:
    for path in MODULES:
        assert ast.get_docstring(tree(path)), path


def test_modules_are_small() -> None:
    """At 300 lines, ask which second job has crept in."""
    large = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if path.read_bytes().count(b"\n") > 300
    ]
    assert large == []


def _dataclasses(path: Path) -> Iterator[tuple[str, dict[str | None, object]]]:
    """The dataclasses of a module, each with its options."""
    for class_ in (node for node in nodes(path) if isinstance(node, ast.ClassDef)):
        for decorator in class_.decorator_list:
            if "dataclass" in ast.unparse(decorator).split("("):
                keywords = decorator.keywords if isinstance(decorator, ast.Call) else ()
                yield class_.name, {k.arg: ast.literal_eval(k.value) for k in keywords}


def test_dataclasses_have_slots_and_no_option_that_changes_nothing() -> None:
    usual = {name: p.default for name, p in inspect.signature(dataclass).parameters.items()}
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in MODULES
        for name, options in _dataclasses(path)
        if "slots" not in options or options.items() & usual.items()
    ]
    assert wrong == []
