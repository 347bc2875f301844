"""YAML texts to try: of any values, in any style, whole and damaged."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from hypothesis import strategies as st

TOKENS = r"""
a|b: |- |? |: |[|]|{|}|, |,|"q"|'s'|"a"b|#c| #c|---|--- |...|&x |*x|!t |~|no|On|y|1|-1|+1|.5|1.|1e3
1_0|012|1:2|0x1|2024-01-02|null|true|<<: |:|a:|key: |a b|  |'|"|%|@|`|&|!|?|>|é|\|::|?x|:x|-x|- -
 - |a#b|'x'|{a: 1}|[1, 2]|{}|[]| |''|""|"a": |"a":|{"a": 'b'}|[[x], {y: z}]|it's| 😀
""".strip("\n").replace("\n", "|").split("|")  # fmt: skip
LINES = [
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\nk: ", "\n  k: ", "\n  l:\n", "\n\n", "\n# c\n",
    "\n---\n", "\n  text more", "\n   deep", "\r\n", " |\n", " |-\n", " >\n  x\n\n  y\n", " |+\n",
    ' "q\n  r"', " |2\n", " >-\n   x\n  y\n", " \\\n", "\t", "|",
]  # fmt: skip

MODEL = """\
# What a file of ours looks like.
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: order-management        # unique
  title: Order management & more (100 %)
  description: Takes orders from every channel, prices them; what's promised is kept.
  labels: {key: "2026", other: 'no', more: a b}
  tags: [core, "x: y", revenue]
spec:
  level: 2
  share: 0.25
  since: 2024-05-01
  active: true
  successor: null
  maturity: {current: 2, target: {level: 4, until: 2027-01-01}}
  flow: [a,
    b, {c: d,
    e: f}]
  notes: >-
    Order management was split; "they" said
    the users' lists [1] change # often

    weekly.
  text: |
    one
      two

    three
  links:
    - url: https://example.org/?a=1&b=2#c
      title: "Über: uns"
    - - nested
    -
      name: x
  plain: text
    over lines
  "quoted key": 'it''s'
---
apiVersion: bizalign/v1
empty:
list:
- a
- b: c
---
# only a comment
"""

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
WORDS = st.sampled_from(
    [
        "a", "no", "Yes", "true", "null", "~", "12", "012", "1_000", "1:30", "0x1F", "2026-06-30",
        "x: y", "# c", "a #b", "- a", "<<", "{a}", "[", "'", '"', "*a", "&b", "!c", "%", "@", "`",
        "|", ">", " a ", "a\nb", "a\n\nb\n", "\n", ".inf", "", "é😀", "it's", "=", "?", ": ", ",",
        "...",
    ]
)  # fmt: skip
# What PyYAML writes without quotes, since to YAML 1.1 it is text, and YAML 1.2 reads as a number.
_NUMBERS = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+|0o[0-7]+")
TEXT = WORDS | st.text(CHARACTERS, max_size=8).filter(lambda text: not _NUMBERS.fullmatch(text))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


@st.composite
def dumped(draw: st.DrawFn) -> tuple[str, Any]:
    """A value, and a text that says it in one of many styles."""
    value = draw(st.dictionaries(TEXT, VALUES, max_size=5) | st.lists(VALUES, max_size=5))
    if draw(st.integers(0, 5)) == 0:
        return json.dumps(value, ensure_ascii=False, indent=2), value
    text = yaml.dump(
        value,
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
        default_flow_style=draw(st.sampled_from([False, None, True])),
        width=draw(st.sampled_from([20, 80, 10_000])),
        indent=draw(st.sampled_from([None, 4])),
        allow_unicode=draw(st.booleans()),
        explicit_start=draw(st.booleans()),
        line_break=draw(st.sampled_from(["\n", "\r\n"])),
        sort_keys=False,
        Dumper=yaml.SafeDumper,
    )
    return text, value


SOUP = st.lists(st.sampled_from(TOKENS + LINES), min_size=1, max_size=12).map("".join)


def _changed(line: str, at: int) -> st.SearchStrategy[str]:
    """A line with one thing too many, too little or elsewhere."""
    return st.one_of(
        st.sampled_from(TOKENS + LINES).map(lambda token: line[:at] + token + line[at:]),
        st.integers(1, 4).map(lambda count: line[:at] + line[at + count :]),
        st.sampled_from(["  ", " ", "- "]).map(lambda start: start + line),
        st.just(line + line),
        st.just(line[2:]),
    )


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A part of a file of ours, with a few tokens and lines too many, too few or elsewhere."""
    lines = MODEL.splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    lines = lines[start : start + draw(st.integers(1, len(lines)))]
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        lines[number] = draw(_changed(lines[number], draw(st.integers(0, len(lines[number])))))
    return "".join(lines)
