"""While nothing has changed, the work tree, the index and the last commit are one model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bizalign_lint.sources import git as asking
from bizalign_lint.sources import repository as asked
from tests.conftest import Call
from tests.revisions.oddities import CHILD, FILES, ODDITIES, PARENT, joined
from tests.revisions.repository import CONFIG, Repository

pytestmark = pytest.mark.process

FIXABLE = CHILD.replace('"no"', "no")
SINGLE = [[name] for name in ODDITIES]
SEEDS = range(200)


def agree(repository: Repository, call: Call) -> None:
    """All ways to read a repository in which nothing has changed find the same."""

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


@pytest.mark.parametrize("names", [[], *SINGLE], ids="+".join)
def test_all_ways_to_read_agree(repository: Repository, call: Call, names: list[str]) -> None:
    repository.commit(FILES)
    for name in names:
        ODDITIES[name](repository, Random(name))
    agree(repository, call)


@pytest.mark.sampled(4, 20)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: "+".join(joined(Random(seed))))
def test_whatever_comes_together(repository: Repository, call: Call, seed: int) -> None:
    random = Random(seed)
    names = joined(random)
    repository.begin(random.choice(("sha1", "sha1", "sha256")))
    repository.commit(FILES)
    for name in names:
        ODDITIES[name](repository, random)
    agree(repository, call)


def test_a_fix_leaves_alone_what_is_not_checked_out(repository: Repository, call: Call) -> None:
    repository.commit({"core/a.yaml": FIXABLE, "shop/b.yaml": PARENT})
    repository.git("sparse-checkout", "set", "shop")
    assert call("check", "--fix", "--select", "MOD103")[0] in (0, 1)
    assert not (repository.folder / "core").exists()


Deny = Callable[[Repository, pytest.MonkeyPatch], None]


def _absent(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asking, asked):
        monkeypatch.setattr(module, "program", lambda: None)


def _of_another_owner(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")


def _broken(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.folder / ".git" / "config").write_text("[core\n")


def _of_a_later_version(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.git("config", "core.repositoryFormatVersion", "99")


def _moved_away(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.folder / ".git").rename(repository.folder.parent / "elsewhere")
    (repository.folder / ".git").write_text("gitdir: ../gone\n")


def _bare(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.git("config", "core.bare", "true")


DENIED: list[Deny] = [_absent, _of_another_owner, _broken, _of_a_later_version, _moved_away]


@pytest.mark.parametrize("deny", [*DENIED, _bare])
def test_where_git_cannot_be_asked_nothing_is_written(
    repository: Repository, call: Call, monkeypatch: pytest.MonkeyPatch, deny: Deny
) -> None:
    repository.commit({".gitignore": "drafts/\n", "a.yaml": PARENT})
    repository.write({"drafts/b.yaml": FIXABLE})
    draft = repository.folder / "drafts" / "b.yaml"
    deny(repository, monkeypatch)
    for options in (("--fix",), ("--add-ignore", "agreed")):
        code, _, err = call("check", *options)
        assert code == 2
        assert "nothing is written" in err
        assert draft.read_text() == FIXABLE
    code, _, err = call("check", "-q")
    assert code in (0, 1)
    assert "git" in err


@pytest.mark.parametrize("deny", DENIED)
@pytest.mark.parametrize("option", ["--staged", "--tracked", "--since=HEAD"])
def test_where_git_cannot_be_asked_nothing_is_asked_of_it(
    repository: Repository,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    deny: Deny,
    option: str,
) -> None:
    repository.commit({"a.yaml": PARENT})
    deny(repository, monkeypatch)
    code, _, err = call("check", option)
    assert code == 2
    assert "git" in err


def test_a_repository_of_another_owner_is_read_once_it_is_trusted(
    repository: Repository, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit(FILES)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "safe.directory" in call("check", "--staged")[2]
    trusted = tmp_path / "config"
    trusted.write_text(f"[safe]\n\tdirectory = {repository.folder}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(trusted))
    agree(repository, call)


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
