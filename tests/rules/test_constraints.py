"""A constraint that is added to the language is missed by no reader and no interpreter."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Source
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.read_shapes import ShapeReader

ROOT = Path(__file__).parent.parent.parent

INTERPRETERS = {
    "bizalign_lint/rules/language/shapes.py",
    "bizalign_lint/rules/compiled/constraints.py",
    "bizalign_lint/rules/explained/evaluate.py",
    "bizalign_lint/exporters/constraints.py",
    "bizalign_lint/docs/words.py",
}

NEW = """
class New(NamedTuple):
    other: Expression
    pointer: Pointer


"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package, where mypy has the settings of the repository."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "bizalign_lint", folder / "bizalign_lint", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("union", ["Constraint = (\n    ", "Test = (\n    ", "PropertyPair = "])
def test_mypy_names_every_interpreter_that_lacks_a_constraint(checked: Path, union: str) -> None:
    module = checked / "bizalign_lint" / "rules" / "language" / "shapes.py"
    known = (ROOT / module.relative_to(checked)).read_text("utf-8")
    assert known.count(f"\n{union}") == 1
    module.write_text(known.replace(f"\n{union}", f"\n{NEW}{union}New | "), "utf-8")
    modules = [path.removesuffix(".py").replace("/", ".") for path in sorted(INTERPRETERS)]
    told = subprocess.run(
        [sys.executable, "-m", "mypy", *(part for name in modules for part in ("-m", name))],
        cwd=checked,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    ).stdout
    named = {line.split(":")[0] for line in told.splitlines() if ": error: " in line}
    assert named >= INTERPRETERS, told


INNER = {"path": "name", "minCount": 1}
ARGUMENTS: dict[str, Any] = {
    "minCount": 1,
    "maxCount": 1,
    "hasValue": "a",
    "in": ["a"],
    "class": "Capability",
    "pattern": "a",
    "minLength": 1,
    "maxLength": 1,
    "minInclusive": 1,
    "minExclusive": 1,
    "maxInclusive": 1,
    "maxExclusive": 1,
    "equals": "name",
    "disjoint": "name",
    "lessThan": "name",
    "lessThanOrEquals": "name",
    "uniqueValueWithin": "name",
    "sameValueWithin": "name",
    "node": INNER,
    "property": [INNER],
    "not": INNER,
    "and": [INNER],
    "or": [INNER],
    "xone": [INNER],
    "qualifiedValueShape": INNER,
}
BESIDES = {"path", "flags", "properties", "required", "qualifiedMinCount", "qualifiedMaxCount"}
"""The keys of a shape that are no constraint by themselves, or stand for several."""


def test_each_key_of_a_shape_is_read_as_the_constraint_of_that_name() -> None:
    form = read_document(shipped.meta("rule")).value
    assert form["$defs"]["constraints"]["properties"].keys() == ARGUMENTS.keys() | BESIDES
    reader = ShapeReader(read_document(Source("rule.yaml", b"{}"), RuleError), {})
    kinds = set()
    for key, argument in ARGUMENTS.items():
        value = {key: argument, "qualifiedMinCount": 1}
        (constraint,) = reader.shape(value, ("shape",)).constraints
        assert shapes.keyword(constraint) == key
        assert constraint.pointer == ("shape", key)
        kinds.add(type(constraint))
    everything = shapes.Constraint.__args__
    assert kinds == set(everything)


def test_what_a_shape_holds_is_found_in_order() -> None:
    reader = ShapeReader(read_document(Source("rule.yaml", b"{}"), RuleError), {})
    shape = reader.shape(
        {
            "path": "a",
            "and": [{"path": "b", "minCount": 1}, {"path": "c", "minCount": 1}],
            "lessThan": "d",
            "not": {"path": "e", "minCount": 1},
        },
        ("shape",),
    )
    held = [
        found.path if isinstance(found, shapes.Shape) else found for found in shapes.children(shape)
    ]
    assert [path.text for path in held if isinstance(path, shapes.PathExpression)] == [*"bcde"]
