"""The files of a new rule, which passes its own cases as it is."""

from __future__ import annotations

from typing import Any

from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.ontology import Kind, Property
from bizalign_lint.schema.skeleton import Shown, definition, lines, minimal

_RULE = """\
id: {id}
guideline: {guideline}
severity: warning
summary: The {title} is not described.
rationale: |
  Say why this matters to alignment, in two or three sentences that an architect would sign.
references:
  - {{title: The practice that the rule comes from}}
target: {kind}
path: description
minCount: 1
message: "{{title}} has no description"
help: Say what to do about it.
bad: |
{bad}
good: |
{good}
"""

_TEST = """\
cases:
  - name: none at all
    model: |
{none}
  - name: one word will do
    model: |
{word}
"""


def rule_file(id_: str, guideline: str, kind: Kind) -> str:
    """A rule file to begin with: definitions of the kind need a description."""
    return _RULE.format(
        id=id_,
        guideline=guideline,
        kind=kind.name,
        title=str(kind.schema.get("title", kind.name)).lower(),
        bad=_model(kind, "  ", "", id_),
        good=_model(kind, "  ", "What it is, in a sentence everyone would agree with.", ""),
    )


def test_file(id_: str, kind: Kind) -> str:
    """The cases beside it."""
    return _TEST.format(
        none=_model(kind, "      ", "", id_), word=_model(kind, "      ", "Word.", "")
    )


def _model(kind: Kind, indent: str, description: str, mark: str) -> str:
    """The least definition of a kind, and what it refers to."""
    fill = _Example()
    model = minimal(kind, fill)
    if mark:
        model["metadata"]["name"] += f"   # <- {mark}"
    if description:
        model["metadata"]["description"] = description
    shown = [*lines(model)]
    for other in fill.others:
        shown += ["---", *lines(other)]
    return "\n".join(f"{indent}{line}" for line in shown)


class _Example:
    """Fills in what examples show, and definitions for it to refer to."""

    def __init__(self) -> None:
        self.others: list[dict[str, Any]] = []

    def value(self, property_: Property, shown: Shown, /) -> str:
        if property_.section == "metadata" and property_.name == "name":
            return "example"
        if property_.relation is None:
            return flow(shown[0])
        kind, name = property_.relation.to[0], f"other-{len(self.others) + 1}"
        metadata = {"name": name, "description": "Named above."}
        self.others.append(definition(kind, {"metadata": metadata, "spec": {}}))
        return f"{kind}:{name}"

    def entry(self) -> dict[str, Any]:
        return {}
