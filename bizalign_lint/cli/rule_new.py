"""The files of a new rule, which passes its own cases as it stands."""

from __future__ import annotations

from typing import Any

from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.ontology import Kind

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
        good=_model(kind, "  ", "What it is, in a sentence that everybody would agree with.", ""),
    )


def test_file(id_: str, kind: Kind) -> str:
    """The cases beside it."""
    return _TEST.format(
        none=_model(kind, "      ", "", id_), word=_model(kind, "      ", "Word.", "")
    )


def _model(kind: Kind, indent: str, description: str, mark: str) -> str:
    """The least definition of a kind."""
    name = "example"
    lines = [
        "apiVersion: bizalign/v1",
        f"kind: {kind.name}",
        "metadata:",
        f"  name: {name}" + (f"   # <- {mark}" if mark else ""),
    ]
    if description:
        lines.append(f"  description: {description}")
    spec = kind.schema["properties"].get("spec", {})
    required: dict[str, Any] = {}
    others: list[str] = []
    for example in kind.schema.get("examples", ())[:1]:
        for key in spec.get("required", ()):
            required[key] = example["spec"][key]
            property_ = kind.type.properties[key]
            if property_.relation is not None:
                other, its_name = property_.relation.to[0], f"other-{len(required)}"
                reference = f"{other}:{its_name}"
                required[key] = [reference] if property_.many else reference
                others += [
                    "---",
                    "apiVersion: bizalign/v1",
                    f"kind: {other}",
                    f"metadata: {{name: {its_name}, description: Named above.}}",
                    "spec: {}",
                ]
    if required:
        lines.append("spec:")
        lines += [f"  {key}: {flow(value)}" for key, value in required.items()]
    else:
        lines.append("spec: {}")
    return "\n".join(f"{indent}{line}" for line in lines + others)
