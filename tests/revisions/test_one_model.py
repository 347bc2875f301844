"""While nothing has changed, the work tree, the index and the last commit are one model."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bizalign_lint.sources import git as asking
from tests.conftest import Call
from tests.revisions.repository import CONFIG, Repository

pytestmark = pytest.mark.process

PARENT = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Sales, description: The ability to sell.}
spec: {level: 1}
"""
CHILD = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: order, title: "no", description: The ability to take orders.}
spec: {level: 2, parent: sell}
"""
LOST = CHILD.replace("order,", "lost,").replace("sell}", "gone}")
FILES = {"core/a.yaml": PARENT, "shop/b.yaml": CHILD, "shop/c.yaml": LOST}
FIXABLE = CHILD.replace('"no"', "no")

Prepare = Callable[[Repository], None]


def _plain(repository: Repository) -> None:
    """Nothing odd."""


def _sparse(repository: Repository) -> None:
    repository.git("sparse-checkout", "set", "shop")
    assert not (repository.folder / "core").exists()


def _sparse_index(repository: Repository) -> None:
    repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "shop")


def _link_outside(repository: Repository) -> None:
    outside = repository.folder.parent / "outside.yaml"
    outside.write_text(LOST.replace("lost,", "more,"))
    (repository.folder / "link.yaml").symlink_to("../outside.yaml")
    repository.commit()


def _nested(repository: Repository) -> None:
    repository.commit({"nested/.bizalign.yaml": "", "nested/n.yaml": LOST})


def _odd_names(repository: Repository) -> None:
    repository.commit(
        {f"shop/{name}": LOST.replace("lost,", f"n{n},") for n, name in enumerate(ODD)}
    )


ODD = ("x blob.yaml", "ä.yaml", "a\u0308.yaml", "a\tb.yaml", 'q".yaml', "-x.yaml", ":(top)x.yaml")


def _odd_configuration(repository: Repository) -> None:
    for key, value in (
        ("diff.relative", "true"),
        ("core.quotePath", "true"),
        ("status.relativePaths", "false"),
        ("core.ignoreCase", "true"),
        ("core.precomposeUnicode", "true"),
        ("log.showSignature", "true"),
        ("diff.noprefix", "true"),
        ("core.fsmonitor", "true"),
    ):
        repository.git("config", key, value)


def _submodule(repository: Repository) -> None:
    other = Repository(repository.folder.parent / "other")
    other.commit({"s.yaml": LOST.replace("lost,", "sub,")})
    (other.folder / ".bizalign.yaml").unlink()
    other.commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../other", "sub")
    repository.commit()


def _worktree(repository: Repository) -> None:
    repository.git("worktree", "add", "-q", "--detach", "../tree")
    os.chdir(repository.folder.parent / "tree")


def _untracked_but_ignored(repository: Repository) -> None:
    repository.commit({".gitignore": "drafts/\n"})
    repository.write({"drafts/d.yaml": LOST.replace("lost,", "draft,")})


@pytest.mark.parametrize(
    "prepare",
    [
        _plain,
        _sparse,
        _sparse_index,
        _link_outside,
        _nested,
        _odd_names,
        _odd_configuration,
        _submodule,
        _worktree,
        _untracked_but_ignored,
    ],
)
def test_all_ways_to_read_agree(repository: Repository, call: Call, prepare: Prepare) -> None:
    repository.commit(FILES)
    prepare(repository)

    def found(*options: str) -> list[str]:
        code, out, err = call("check", "--format", "json", *options)
        assert code in (0, 1), err
        return [f["fingerprint"] for f in json.loads(out)["findings"]]

    whole = found()
    assert whole
    assert found("--staged") == whole
    assert found("--tracked") == whole
    assert found("--since", "HEAD") == []
    code, out, _ = call("diff", "HEAD")
    assert code == 0
    assert "Nothing changed" in out


def test_a_fix_leaves_alone_what_is_not_checked_out(repository: Repository, call: Call) -> None:
    repository.commit({"core/a.yaml": FIXABLE, "shop/b.yaml": PARENT})
    _sparse(repository)
    assert call("check", "--fix", "--select", "MOD103")[0] in (0, 1)
    assert not (repository.folder / "core").exists()


@pytest.mark.parametrize("options", [("--fix",), ("--add-ignore", "agreed")])
def test_without_git_nothing_is_written(
    repository: Repository, call: Call, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    repository.commit({".gitignore": "drafts/\n", "a.yaml": PARENT})
    repository.write({"drafts/b.yaml": FIXABLE})
    draft = repository.folder / "drafts" / "b.yaml"
    monkeypatch.setattr(asking, "program", lambda: None)
    code, _, err = call("check", *options)
    assert code == 2
    assert "nothing is written" in err
    assert draft.read_text() == FIXABLE
    code, _, err = call("check", "-q")
    assert code in (0, 1)
    assert "git" in err


def test_outside_of_git_there_is_nothing_to_ask(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").write_text(CONFIG)
    (tmp_path / "a.yaml").write_text(FIXABLE)
    monkeypatch.setattr(asking, "program", lambda: None)
    monkeypatch.chdir(tmp_path)
    err = call("check", "--fix", "--select", "MOD103")[2]
    assert "git" not in err
    assert '"no"' in (tmp_path / "a.yaml").read_text()
