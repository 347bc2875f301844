"""The versions of many files are found in one walk of the history: those that git follows."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.sources import versions as history
from bizalign_lint.sources.git import git
from bizalign_lint.sources.revision import resolve
from bizalign_lint.sources.versions import versions
from tests.revisions.repository import Repository


def text(chance: random.Random) -> str:
    """A file that is like no other, so that nobody takes one for a copy of another."""
    return "".join(f"{chance.random()}\n" for _ in range(20))


def lived(repository: Repository, seed: int, commits: int = 14) -> list[str]:
    """Files that come, change, move and go; returns those that are there in the end."""
    chance = random.Random(seed)
    files = {f"{folder}f{n}.yaml": text(chance) for n in range(4) for folder in ("", "d/")}
    repository.commit(files)
    for number in range(commits):
        for name in chance.sample(sorted(files), 2):
            match chance.choice(["edit", "edit", "move", "go", "come"]):
                case "edit":
                    files[name] = f"{files[name]}{chance.random()}\n"
                    repository.write({name: files[name]})
                case "move":
                    new = f"{chance.choice(['', 'e/'])}m{number}-{len(files)}.yaml"
                    files[new] = files.pop(name)
                    (repository.folder / name).unlink()
                    repository.write({new: files[new]})
                case "go":
                    del files[name]
                    (repository.folder / name).unlink()
                case _:
                    files[f"n{number}.yaml"] = text(chance)
                    repository.write({f"n{number}.yaml": files[f"n{number}.yaml"]})
        repository.commit()
    return sorted(files)


def followed(repository: Repository, name: str) -> list[str]:
    """What git itself says the file was, the newest first."""
    raw = repository.git(
        *("log", "--follow", "--raw", "--no-abbrev", "--format=", "--", f":(literal){name}")
    )
    changes = [line.split("\t")[0].split(" ") for line in raw.splitlines() if line]
    return [repository.git("cat-file", "blob", c[3]) for c in changes if set(c[3]) != {"0"}]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", range(12))
def test_each_file_has_the_versions_that_git_follows(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path / "repository")
    names = lived(repository, seed)
    found = versions(resolve(str(repository.folder), "HEAD"), names)
    for name in names:
        told = [source.content.decode() for source in found[name]]
        assert told == followed(repository, name)[: history.MAX_VERSIONS], name


def test_a_workspace_in_a_folder_that_was_moved_has_a_history(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    for number in range(3):
        repository.commit({"old/a.yaml": f"first: line\nsecond: line\nnumber: {number}\n"})
    repository.git("mv", "old", "new")
    repository.commit()
    revision = resolve(str(repository.folder / "new"), "HEAD")
    numbers = [s.content.decode()[-2] for s in versions(revision, ["a.yaml"])["a.yaml"]]
    assert numbers == ["2", "2", "1", "0"]


def test_the_history_is_walked_once_for_all_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "repository")
    names = [f"f{n}.yaml" for n in range(40)]
    for number in range(3):
        repository.commit({name: f"name: {name}\nnumber: {number}\n" for name in names})
    asked: list[str] = []

    def counting(root: str, *arguments: str, **given: Any) -> bytes | None:
        asked.append(arguments[0])
        return git(root, *arguments, **given)

    monkeypatch.setattr("bizalign_lint.sources.versions.git", counting)
    monkeypatch.setattr(history, "_MAX_NAMED", 10)  # more files than git is named
    found = versions(resolve(str(repository.folder), "HEAD"), names)
    assert [len(found[name]) for name in names] == [3] * 40
    assert asked == ["rev-parse", "log", "diff-tree"]
