"""The fast YAML path agrees with the exact one, and is taken where it matters."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from bizalign_lint.core import shipped as resources
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.yaml import fast, stream

WORDS = """
    no Yes on OFF y True TRUE true false null Null ~ << 1 -1 01 +1 0.5 .5 5. 1e5 1e 16.3 12:30 1_000
    0x1F 0o17 2026-01-01 2026-1-1 24-04 .inf .NaN @x `x *a |x >x %x & ! ? - a&b 612300
"""
PLACES = (
    "key: {}\n",
    "key: {} # remark\n",
    "list:\n  - {}\n",
    "list:\n- - {}",
    "map: {{a: {}, b: 1}}\n",
    "list: [1, {} ]\n",
    "{}: value\n",
    "map: {{{}: value}}\n",
    "text: |\n  {}\nkey: 1\n",
    "text: one\n  {}\n",
)


def exact(text: str) -> list[Any] | None:
    """What the exact path reads; None when it has anything to say."""
    read = stream.read(text.encode())
    trees = read.trees
    if read.bad is not None or any(tree.root is None or tree.defects for tree in trees):
        return None
    return [tree.root.value for tree in trees if tree.root is not None]


@pytest.mark.parametrize("scalar", WORDS.split())
def test_what_it_reads_is_what_is_there(scalar: str) -> None:
    """It may leave a text to the exact path, but never reads it differently."""
    for place, quoted in product(PLACES, (scalar, f'"{scalar}"', f"'{scalar}'")):
        text = place.format(quoted)
        read = fast.read(text.encode())
        assert read is None or repr(read) == repr(exact(text)), text


@pytest.mark.parametrize(
    "text",
    [
        'version: "16.3"\nshare: 40\nname: ubuntu-24-04\n',
        'unit: "%"\nbaseline: 12.5\n',
        'labels: {critical: "no"}\ntext: Not now\n',
        "rate: 4 % & more\nurl: https://example.org/?a=1&b=2\n",
        'code: "0123"\nfrom: 2026-01-01\n',
        'code: "40"\nshare: 40\n',
    ],
)
def test_quotes_are_enough(text: str) -> None:
    """What people write in well-kept files does not cost the exact path."""
    assert fast.read(text.encode()) == exact(text)


SHIPPED = [
    *resources.schemas(),
    *resources.vocabularies(),
    *resources.languages(),
    *resources.rules(),
    *(resources.meta(name) for name in ("kind", "rule", "guideline", "measure", "config")),
]


def test_shipped_files_need_no_guards() -> None:
    """They are read without, and at once; every run reads all of them."""
    together = fast.read_unguarded([source.content for source in SHIPPED])
    assert together is not None
    for source, value in zip(SHIPPED, together, strict=True):
        assert fast.read_unguarded([source.content]) == [value], source.path
        assert exact(source.content.decode()) == [value], source.path
        assert read_document(source).value == value, source.path
