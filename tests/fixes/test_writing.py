"""How what is mended is written; and where that takes more care than an edit has, nothing is."""

from __future__ import annotations

import pytest

from .test_fixes import fixed

NO_TIER = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: sell}}
spec:
  {}
"""
LISTED = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {{name: grow}}
spec:
  capabilities:{}
"""
NAMED = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: "{name}"}}
spec: {{}}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: sell}}
spec:
  parent: {parent}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tier: strategc", "tier: strategic"),
        ("tier: 'strategc'", "tier: 'strategic'"),
        ('tier: "strategc"', 'tier: "strategic"'),
        ("tier: !!str strategc", "tier: !!str strategic"),
        ("tier: >-\n    strategc", None),
        ("tier: |-\n    strategc", None),
        ("'teir': core", "'tier': core"),
        ("? teir\n  : core", "? tier\n  : core"),
        ("teir: core\n  tier: core", None),
        ("<<: {tier: strategc}", "<<: {tier: strategic}"),
        ("<<: {teir: core}", "<<: {tier: core}"),
        ("tier: &t strategc", None),
        ("&t teir: core", None),
        ("description: &t teir\n  *t : core", None),
    ],
)
def test_another_value_or_key(before: str, after: str | None) -> None:
    rule = "MOD107" if "teir" in before else "MOD106"
    found = fixed(NO_TIER.format(before), unsafe=True, select=rule)
    assert found == NO_TIER.format(before if after is None else after)


@pytest.mark.parametrize(
    "listed",
    [
        "\n    - a\n    - b\n    - >-\n      a",
        '\n    - a\n    - "a\\\n      "',
        "\n    - a\n    - - a\n    - a",
        "\n    - a\n    - {a: a}\n    - a",
        " &all [a, a]",
        " [a, b, # why\n    a]",
        "\n    - a\n    -\n      a",
        "\n    - a\n    - !!str a",
    ],
)
def test_what_is_listed_twice(listed: str) -> None:
    text = LISTED.format(listed)
    assert fixed(text, unsafe=True, select="MOD106") == text


@pytest.mark.parametrize(
    ("name", "parent", "written"),
    [
        ("no", "noo", '"no"'),
        ("1e4", "1e4x", '"1e4"'),
        ("on-line", "on-linex", "on-line"),
        ("0x1f", "0x1fx", '"0x1f"'),
    ],
)
def test_a_name_that_has_to_be_quoted(name: str, parent: str, written: str) -> None:
    found = fixed(NAMED.format(name=name, parent=parent), unsafe=True, select="MOD109")
    assert found == NAMED.format(name=name, parent=written)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("end", "left"),
    [
        ("# bizalign: ignore[MOD115] -- x", ""),
        ("# bizalign: ignore[MOD115] -- x\n", "\n"),
        ("  # bizalign: ignore[MOD115] -- x", ""),
        ("# kept\n# bizalign: ignore[MOD115] -- x", "# kept"),
    ],
)
def test_a_comment_at_the_end_of_a_file(newline: str, end: str, left: str) -> None:
    head = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: sell}\nspec: {}"
    before = f"{head}\n{end}".replace("\n", newline)
    after = (f"{head}\n{left}" if left.strip() else f"{head}{left}").replace("\n", newline)
    assert fixed(before, unsafe=True, select="MOD115") == after


def test_what_is_missing_altogether() -> None:
    before = "{apiVersion: bizalign/v1, kind: Capability, spec: {}%s}\n"
    after = before % ", metadata: {name: TODO}"
    assert fixed(before % "", unsafe=True, select="MOD106") == after
