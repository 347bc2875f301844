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


def test_an_entry_is_put_into_empty_brackets_and_taken_out_with_its_line() -> None:
    def done(text: bytes, change: Change) -> bytes | None:
        source = altered(Source("a.yaml", text), [change])
        return None if source is None else source.content

    put = Change(0, ("spec", "a"), Operation.PUT, 1)
    assert done(b"spec: {}  # none\n", put) == b"spec: {a: 1}  # none\n"
    remove = Change(0, ("spec", "a"), Operation.REMOVE)
    assert done(b"spec:\n  a: 1  # one\n  b: 2\n", remove) == b"spec:\n  b: 2\n"
