"""Comments, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.parsing.yaml.comments import Comment, comments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# one", ["1:1 # one"]),
        ("a: b # two\n  # three\n", ["1:6 # two", "2:3 # three"]),
        ("#\n##\n#!\n", ["1:1 #", "2:1 ##", "3:1 #!"]),
        ("a: b#c\n", []),
        ("a#b: c\n", []),
        ("a: '# no' # yes\n", ["1:11 # yes"]),
        ('a: "x # no\n  # no" # yes\n', ["2:9 # yes"]),
        ("a: 'it''s # no'\n", []),
        ("a: | # yes\n  # no\n  b\n# yes\n", ["1:6 # yes", "4:1 # yes"]),
        ("a: |2 # yes\n    # no\n   # no\n", ["1:7 # yes"]),
        ("a: >-\n  # no\n\n # yes\nb: c\n", ["4:2 # yes"]),
        ("a: |\n\n  # no\n", []),
        ("- |\n # no\n- # yes\n  b\n", ["3:3 # yes"]),
        ("a: [b, # one\n  c] # two\n", ["1:8 # one", "2:6 # two"]),
        ("a: {b: c} #d\n", ["1:11 #d"]),
        ("a: b\n  # yes\nc: d\n", ["2:3 # yes"]),
        ("a: # one\n  # two\n  b: c\n", ["1:4 # one", "2:3 # two"]),
        ("&a #one\nb: !t # two\n  c\n", ["1:4 #one", "2:7 # two"]),
        ("? a # one\n: b # two\n", ["1:5 # one", "2:5 # two"]),
        ("--- # one\na\n... # two\n", ["1:5 # one", "3:5 # two"]),
        ("%YAML 1.2 # one\n---\n", ["1:11 # one"]),
        ("a: http://b#c # d\n", ["1:15 # d"]),
        ("a: 😀ü # b\n", ["1:7 # b"]),
        ("a: b # one\r\nc: d # two\r\n", ["1:6 # one", "2:6 # two"]),
        ("a: b # one\rc: d # two", ["1:6 # one", "2:6 # two"]),
        ("a: b # x\u2028# y\u0085z\n", ["1:6 # x\u2028# y\u0085z"]),
        ("a: b #\ttab \n", ["1:6 #\ttab "]),
        # a document that is no YAML ends at the mistake, the next one does not
        ("a: 1 # one\nb: @c # two\n---\nd: 1 # three\n", ["1:6 # one", "4:6 # three"]),
        ("a: 'x # no\n---\nb: 1 # yes\n", ["3:6 # yes"]),
        # what only the grammar forbids hides no comment
        ("a: [b # one\n# two\n", ["1:7 # one", "2:1 # two"]),
    ],
)
def test_comments(text: str, expected: list[str]) -> None:
    found = comments(text)
    assert [f"{c.line}:{c.column} {c.text}" for c in found] == expected


PIECES = [
    ("a{}: plain # yes\n", 1),
    ("# yes\n", 1),
    (" # yes\n", 1),
    ("b{}: '# no'\n", 0),
    ('c{}: "# no \\" # no"\n', 0),
    ("d{}: |\n  # no\n  text # no\n", 0),
    ("e{}: >- # yes\n  # no\n\n  # no\n", 1),
    ("f{}: [a, '#no', b#no] # yes\n", 1),
    ("g{}: {{a: b, # yes\n  c: '# no'}}\n", 1),
    ("h{}: a#no\n", 0),
    ("i{}:\n- |\n  # no\n- b # yes\n", 1),
    ("j{}: 'two\n  # no\n  lines'\n", 0),
    ("--- # yes\n", 1),
    ("\n", 0),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_order_of_pieces(pieces: list[tuple[str, int]]) -> None:
    """Wherever something stands, the comments in it are those with a yes."""
    text = "".join(piece.format(number) for number, (piece, _) in enumerate(pieces))
    found = comments(text)
    assert [c.text for c in found] == ["# yes"] * sum(count for _, count in pieces)
    rows = text.split("\n")
    assert all(rows[c.line - 1][c.column - 1 :] == c.text for c in found)


def test_it_is_a_plain_value() -> None:
    assert comments("a: 1 # b") == [Comment(1, 6, "# b")]
