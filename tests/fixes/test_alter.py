"""Values are exchanged in the text of a file; comments and layout stay."""

from __future__ import annotations

from bizalign_lint.core.types import Change, Operation, Source
from bizalign_lint.fixes.alter import altered


def test_what_comes_after_a_block_stays() -> None:
    text = b"spec:\n  list:\n    - a: 1\n      b: 2\n%s\n  # why\n  other: x\n"
    change = Change(0, ("spec", "list"), Operation.PUT, ["c"])
    done = altered(Source("a.yaml", text % b""), [change])
    assert done is not None
    assert done.content == b"spec:\n  list: [c]\n\n  # why\n  other: x\n"
    assert altered(Source("a.yaml", text % b"      # of it\n      c: 3\n"), [change]) is None


def test_what_is_merged_last_goes_with_the_block() -> None:
    text = b"kind: &k {a: 1}\nspec:\n  one:\n    b: 2\n    <<: *k\n  other: x\n"
    done = altered(Source("a.yaml", text), [Change(0, ("spec", "one"), Operation.PUT, 1)])
    assert done is not None
    assert done.content == b"kind: &k {a: 1}\nspec:\n  one: 1\n  other: x\n"
