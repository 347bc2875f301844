"""One word for one thing: docs/glossary.md has every kind, and what it rules out is not used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.modules import MODULES, PACKAGE, nodes
from tests.workspace import kinds_of

ROOT = PACKAGE.parent
GLOSSARY = ROOT / "docs/glossary.md"
EXTENSION = sorted((ROOT / "editors/vscode/src").glob("*.ts"))
NO_CODE = re.compile(r'"(?:\\.|[^"\\\n])*"|(/\*.*?\*/|//[^\n]*)', re.DOTALL)
"""A text or, as its group, a comment of TypeScript."""

KEPT = {
    "behind": r"edit behind|falls behind",  # a usual word for what is out of date
    "told": r"`told`|\[told|: told\b|\(told\)",  # a value of the configuration
}
"""What is no use of a word that is avoided."""


def _sections() -> dict[str, list[list[str]]]:
    """The rows of the tables, by the line above them."""
    found: dict[str, list[list[str]]] = {}
    lead = ""
    for line in GLOSSARY.read_text("utf-8").splitlines():
        if line.startswith("|"):
            found.setdefault(lead, []).append([cell.strip() for cell in line.strip("|").split("|")])
        elif line:
            lead = line
    return {lead: rows[2:] for lead, rows in found.items()}


SECTIONS = _sections()
FIELD, OURS, PROSE, NAMES = SECTIONS.values()


@cache
def _prose() -> dict[str, str]:
    """What people read, by file: strings, docstrings and comments of the code, pages, data."""
    found = {}
    for path in MODULES:
        strings = (
            node.value
            for node in nodes(path)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        )
        found[str(path.relative_to(ROOT))] = "\n".join((*_comments(path), *strings))
    for path in EXTENSION:
        comments = NO_CODE.findall(path.read_text("utf-8"))
        found[str(path.relative_to(ROOT))] = "\n".join(comments)
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("editors/*/README.md")]
    folders = ("rules", "schemas", "examples/starter")
    data = [path for folder in folders for path in (ROOT / folder).rglob("*.yaml")]
    forms = [*PACKAGE.rglob("*.schema.json"), *PACKAGE.rglob("templates/*.html")]
    for path in (*pages, *ROOT.glob("examples/*/README.md"), *data, *forms):
        if path not in (GLOSSARY, ROOT / "CHANGELOG.md") and not path.match("*.test.yaml"):
            found[str(path.relative_to(ROOT))] = path.read_text("utf-8")
    return found


def _comments(path: Path) -> Iterator[str]:
    """What stands behind a # in a module, which is a comment or else part of a text."""
    for line in path.read_text("utf-8").splitlines():
        _, mark, comment = line.partition("#")
        if mark:
            yield comment


@cache
def _lower() -> dict[str, str]:
    return {path: text.lower() for path, text in _prose().items()}


@cache
def _names() -> dict[str, set[str]]:
    """The words that names are made of, by module."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        names = [path.stem]
        for node in nodes(path):
            match node:
                case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                    names.append(node.name)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    names.append(name)
                case ast.arg(arg=name):
                    names.append(name)
        found[str(path.relative_to(ROOT))] = _parts(names)
    for path in EXTENSION:
        names = re.findall(r"\b[A-Za-z]\w*", NO_CODE.sub("", path.read_text("utf-8")))
        found[str(path.relative_to(ROOT))] = _parts([path.stem, *names])
    return found


def _parts(names: Iterable[str]) -> set[str]:
    """The words that names are made of."""
    split = (re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_") for name in {*names})
    return {part for words in split for part in words}


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",")]


def test_every_kind_is_in_it() -> None:
    schemas = [p for p in (ROOT / "schemas").glob("*/*.schema.yaml") if p.parent.name != "meta"]
    kinds = {kind for path in schemas for kind in kinds_of(yaml.safe_load(path.read_bytes()))}
    assert {word for word, *_ in FIELD} == kinds
    assert all(source for _, _, source in FIELD)


def test_every_word_is_used() -> None:
    texts = [*_lower().values()]
    unused = [
        word
        for word, *_ in OURS
        if not any(re.search(rf"\b{word.lower()}", text) for text in texts if word.lower() in text)
    ]
    assert unused == []


def test_the_order_is_that_of_the_alphabet() -> None:
    for rows in (FIELD, OURS):
        words = [word.lower() for word, *_ in rows]
        assert words == sorted(words)


@pytest.mark.parametrize("word", [word for row in PROSE for word in _words(row[0])])
def test_avoided_words_are_in_no_text(word: str) -> None:
    pattern = re.compile(rf"(?<![-\w{{]){word}(?![-\w}}])", re.IGNORECASE)
    kept = re.compile(KEPT.get(word, r"(?!)"))
    used = [
        f"{path}: {line.strip()}"
        for path, text in _prose().items()
        if word.lower() in _lower()[path]
        for line in text.splitlines()
        if pattern.search(kept.sub("", line))
    ]
    assert used == []


@pytest.mark.parametrize("word", [word for row in NAMES for word in _words(row[0])])
def test_avoided_words_are_in_no_name(word: str) -> None:
    assert [path for path, words in _names().items() if word in words] == []
