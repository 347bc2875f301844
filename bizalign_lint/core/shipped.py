"""Locates the shipped schemas, rules and mappings; nothing else does.

In a wheel they are in ``_data/`` inside the package, in a checkout beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from bizalign_lint.core.types import Source

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_BUNDLED = os.path.join(_PACKAGE, "_data")
ROOT = _BUNDLED if os.path.isdir(_BUNDLED) else os.path.dirname(_PACKAGE)
"""The folder that holds ``schemas/``, ``rules/`` and ``mappings/``.

Paths of shipped Sources are absolute."""

TEST_SUFFIX = ".test.yaml"
"""Suffix of a file with further cases for a rule."""


def schemas() -> list[Source]:
    """The schema files of all kinds, and those of the shapes they share."""
    top = os.path.join(ROOT, "schemas")
    others = ("languages", "meta", "vocabularies")
    return [source for source in _read(top) if _folder(source, top) not in others]


def vocabularies() -> list[Source]:
    """The published lists of terms."""
    return _read(os.path.join(ROOT, "schemas", "vocabularies"))


def languages() -> list[Source]:
    """Word lists by language: to detect the language, and for rules to look for."""
    return _read(os.path.join(ROOT, "schemas", "languages"))


def meta(name: str) -> Source:
    """The schema of one of our file types: ``kind``, ``rule``, ``config``, …"""
    return read(os.path.join(ROOT, "schemas", "meta", f"{name}.schema.yaml"))


def perspectives() -> Source:
    """The perspectives of the ontology and the relations between them."""
    return read(os.path.join(ROOT, "schemas", "meta", "perspectives.yaml"))


def report() -> Source:
    """The definition of the page that ``report`` renders."""
    return read(os.path.join(ROOT, "schemas", "meta", "report.yaml"))


def rules() -> list[Source]:
    """The rule files, the measures and the ``guideline.yaml`` of each guideline."""
    top = os.path.join(ROOT, "rules")
    return [source for source in _read(top) if _folder(source, top) != "profiles"]


def profiles() -> dict[str, Source]:
    """The shipped profiles, by name."""
    found = _read(os.path.join(ROOT, "rules", "profiles"))
    return {os.path.basename(source.path).removesuffix(".yaml"): source for source in found}


def mappings() -> dict[str, Source]:
    """The shipped mappings of other tools' records, by name."""
    found = _read(os.path.join(ROOT, "mappings"))
    return {os.path.basename(source.path).removesuffix(".yaml"): source for source in found}


def starter() -> dict[str, bytes]:
    """The files of the starter workspace, by their paths in it."""
    top = os.path.join(ROOT, "examples", "starter")
    return {source.path[len(top) + 1 :]: source.content for source in _read(top)}


def rule_tests() -> list[Source]:
    """The files with further cases for rules; a wheel has none."""
    top = os.path.join(ROOT, "rules")
    return [read(path) for path in walk(top) if path.endswith(TEST_SUFFIX)]


def read(path: str) -> Source:
    """Read one file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:
        return Source(path.replace(os.sep, "/"), file.read())


def walk(folder: str) -> Iterator[str]:
    """Every ``*.yaml`` file below a folder, sorted; nothing if there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)
        elif entry.name.endswith(".yaml"):
            yield entry.path


def _read(folder: str) -> list[Source]:
    return [read(path) for path in walk(folder) if not path.endswith(TEST_SUFFIX)]


def _folder(source: Source, top: str) -> str:
    return source.path[len(top) + 1 :].partition("/")[0]
