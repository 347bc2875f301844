"""Files that git converts: what is read of them without running what converts them."""

from __future__ import annotations

import os

from bizalign_lint.sources.conversions import as_checked_out
from tests.revisions.repository import Repository


def test_a_converted_file_is_read_as_checked_out_while_it_is_the_same(
    repository: Repository,
) -> None:
    attributes = "b.yaml ident\nc.yaml -ident\n"
    repository.commit({".gitattributes": attributes, **dict.fromkeys(("a.yaml", "c.yaml"), "x: 1")})
    repository.commit({"b.yaml": "b: $Id$\n"})
    file = repository.folder / "b.yaml"
    file.unlink()
    repository.git("checkout", "--", "b.yaml")
    listed = repository.git("ls-files", "--stage").splitlines()
    objects = {path: name for _, name, _, path in map(str.split, listed)}
    root = str(repository.folder)
    content = file.read_bytes()
    assert content.startswith(b"b: $Id: ")
    assert as_checked_out(root, objects) == {"b.yaml": content}
    # At another revision it is another object.
    assert as_checked_out(root, {**objects, "b.yaml": objects["a.yaml"]}) == {}
    checked_out = os.stat(file)
    for edited, seconds in ((content + b"\n", 0), (content, 1)):
        file.write_bytes(edited)
        time = checked_out.st_mtime_ns + seconds * 1_000_000_000
        os.utime(file, ns=(time, time))
        assert as_checked_out(root, objects) == {}
    os.utime(file, ns=(checked_out.st_mtime_ns,) * 2)
    assert as_checked_out(root, objects) == {"b.yaml": content}
