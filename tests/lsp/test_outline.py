"""Symbols, folding and semantic tokens: the shape of a file."""

from __future__ import annotations

from itertools import pairwise

from bizalign_lint.core.types import Location
from bizalign_lint.ide.folding import Fold, folds
from bizalign_lint.ide.symbols import document_symbols, workspace_symbols
from bizalign_lint.ide.tokens import tokens

from .editor import meridian, snapshot, written

OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
HEAD = "apiVersion: bizalign/v1\nkind: Objective\nmetadata:\n"
FILE = f"""# one
# two
{HEAD}  name: o  # three
  title: >-
    several
    lines
spec:
  parent: p
  status: draft
  keyResults:
    - name: kr
      type: outcome
    - {{name: kr2, title: Second}}
---
{HEAD}  name: p
spec: {{strategy: nowhere, parent: }}
"""


def test_the_symbols_of_a_file() -> None:
    first, *rest = document_symbols(meridian(), OBJECTIVES)
    assert first.name == "Customers have a binding quote within a day"
    assert (first.detail, first.kind) == ("Objective", "Objective")
    assert [child.name for child in first.children] == [
        "A quote takes one working day",
        "Two quotes in a hundred have to be corrected",
        "We win 28 % of tenders below 250 kW",
    ]
    assert written(meridian(), Location(OBJECTIVES, first.selection)) == "quote-in-a-day"
    text = written(meridian(), Location(OBJECTIVES, first.span))
    assert text.startswith("apiVersion: ") and text.endswith("status: open")
    assert len(rest) == len(meridian().documents[OBJECTIVES]) - 1
    for symbol in (first, *rest):
        for child in symbol.children:
            assert symbol.span[:2] <= child.span[:2] <= child.selection[:2]
            assert child.selection[2:] <= child.span[2:] <= symbol.span[2:]


def test_the_symbols_of_a_broken_file() -> None:
    files = snapshot({"a.yaml": f"{HEAD}  name: o\n  : [\nspec:\n  keyResults:\n    - name: kr\n"})
    assert files.documents["a.yaml"] == []
    (symbol,) = document_symbols(files, "a.yaml")
    assert (symbol.name, [child.name for child in symbol.children]) == ("o", ["kr"])


def test_what_is_not_ours_has_no_symbols() -> None:
    files = snapshot({"a.yaml": "kind: Deployment\nmetadata: {name: x}\n", "empty.yaml": ""})
    assert document_symbols(files, "a.yaml") == document_symbols(files, "empty.yaml") == []
    assert document_symbols(files, "elsewhere.yaml") == []


def test_symbols_of_the_workspace_by_title_and_name() -> None:
    found = workspace_symbols(meridian(), "binding QUOTE")
    assert [(named.name, named.container) for named in found] == [
        ("Customers have a binding quote within a day", "Objective quote-in-a-day")
    ]
    assert written(meridian(), found[0].location) == "quote-in-a-day"
    names = [named.name.lower() for named in workspace_symbols(meridian(), "customer")]
    starting = [name.startswith("customer") for name in names]
    assert starting[0] and not starting[-1]
    assert starting == sorted(starting, reverse=True)
    assert len(workspace_symbols(meridian(), "")) == 200
    assert workspace_symbols(meridian(), "no such thing") == []


def test_folding() -> None:
    files = snapshot({"a.yaml": FILE, "crlf.yaml": FILE.replace("\n", "\r\n")})
    found = folds(files, "a.yaml")
    lines = FILE.splitlines()
    assert Fold(1, 2, comment=True) in found
    assert all(fold.last > fold.first for fold in found)
    for fold in found[1:]:
        assert lines[fold.first - 1].strip() and lines[fold.last - 1].strip()
    starts = {lines[fold.first - 1].strip() for fold in found}
    assert {"metadata:", "title: >-", "spec:", "keyResults:", "- name: kr"} <= starts
    assert Fold(lines.index("spec:") + 1, lines.index("---")) in found
    assert folds(files, "crlf.yaml") == found
    assert folds(files, "elsewhere.yaml") == []


def test_semantic_tokens() -> None:
    files = snapshot({"a.yaml": FILE})
    found = [
        (written(files, Location("a.yaml", token.span)), token.type, token.modifiers)
        for token in tokens(files, "a.yaml")
    ]
    assert found == [
        ("Objective", "class", ()),
        ("o", "variable", ("definition",)),
        ("p", "property", ()),
        ("draft", "enumMember", ()),
        ("kr", "variable", ("definition",)),
        ("outcome", "enumMember", ()),
        ("kr2", "variable", ("definition",)),
        ("Objective", "class", ()),
        ("p", "variable", ("definition",)),
    ]
    assert tokens(files, "elsewhere.yaml") == []


def test_tokens_do_not_overlap_in_the_example() -> None:
    for path in meridian().sources:
        found = tokens(meridian(), path)
        for one, next_ in pairwise(found):
            assert one.span[2:] <= next_.span[:2]
            assert one.span.line == one.span.end_line


def test_symbols_come_exact_first_by_kind_and_by_their_first_letters() -> None:
    def found(query: str) -> list[tuple[str, str]]:
        return [
            (named.kind, named.container.split()[-1]) for named in workspace_symbols(files, query)
        ]

    head = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}, title: {}}}\nspec: {{}}\n"
    files = snapshot(
        {
            f"{name}.yaml": head.format(kind, name, title)
            for kind, name, title in [
                ("Application", "orders-hub", "Orders hub"),
                ("Capability", "orders", "Order management"),
                ("Capability", "a-orders", "Returns of orders"),
            ]
        }
    )
    assert found("orders")[0] == ("Capability", "orders")
    assert found("Application: orders") == [("Application", "orders-hub")]
    assert found("orma") == [("Capability", "orders")]
    assert found("application hub") == [("Application", "orders-hub")]
    assert found("oxo") == []
