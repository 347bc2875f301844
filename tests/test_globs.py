"""Path patterns mean what they mean in a .gitignore file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizalign_lint.core.globs import GlobError, Globs

PATHS = [
    *("a.yaml", "b.yaml", "model/a.yaml", "model/b.yml", "model/deep/a.yaml", "x/model/a.yaml"),
    *("build/a.yaml", "build", "x/build/a.yaml", "ab/c.yaml", "a/b/c.yaml", "a/x/b/c.yaml"),
    *(
        "[a].yaml",
        "a[.yaml",
        "a b.yaml",
        "ä/öl.yaml",
        "a-b.yaml",
        "!a.yaml",
        "#a.yaml",
        "a\\b.yaml",
        "end",
        "end ",
        "end\\",
        "end\\ ",
    ),
]

PATTERNS = [
    *("*.yaml", "a.yaml", "/a.yaml", "model", "model/", "/model/", "model/*.yaml", "model/**"),
    *("**/a.yaml", "**/model/**", "a/**/c.yaml", "a/*/c.yaml", "build/", "?.yaml", "[ab].yaml"),
    *(
        "[!a].yaml",
        "[^a].yaml",
        "[a-c]*",
        "[a-a].yaml",
        "model/deep",
        "x/**",
        "**",
        "*",
        "ä/",
        "\\[a\\].yaml",
    ),
    *("a b.yaml", "a/b", "/x", "*.y?ml", "[]a].yaml", "**/deep/*", "\\!a.yaml", "[[:alpha:]].yaml"),
    *("end  ", "end\\ ", "end\\  ", "end\\\\ ", "end\\\\\\ ", " end", "[[:upper:]-z]*"),
    *("[a\\-b].yaml", "[]-a].yaml", "**/a", "model/*/*", "**/x/**/*.yaml"),
]


def _git_says(folder: Path, patterns: list[str], paths: list[str]) -> set[str]:
    (folder / ".gitignore").write_text("".join(f"{pattern}\n" for pattern in patterns))
    result = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=folder,
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    return set(result.stdout.decode().split("\0")) - {""}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


@pytest.mark.parametrize("pattern", PATTERNS)
def test_matches_as_git_does(pattern: str, repository: Path) -> None:
    globs = Globs([pattern])
    expected = _git_says(repository, [pattern], PATHS)
    assert {path for path in PATHS if globs.match(path)} == expected


@settings(max_examples=60, deadline=None)
@given(
    pattern=st.lists(
        st.sampled_from(["a", "b", "*", "**", "?", "/", "/", "[ab]", "[!a]", ".", "c"]),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(lambda pattern: "//" not in pattern),
    names=st.lists(
        st.lists(st.sampled_from(["a", "b", "c", "ab", "a.b"]), min_size=1, max_size=4).map(
            "/".join
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_matches_any_pattern_as_git_does(pattern: str, names: list[str], repository: Path) -> None:
    expected = _git_says(repository, [pattern], names)
    try:
        globs = Globs([pattern])
    except GlobError:
        globs = Globs()  # what we refuse matches nothing in git
    assert {path for path in names if globs.match(path)} == expected


def test_is_kinder_than_git() -> None:
    assert Globs(["?.yaml"]).match("ö.yaml"), "a character, where git counts bytes"
    assert Globs(["a[.yaml"]).match("a[.yaml"), "a bracket that nothing closes is a bracket"


def test_takes_a_dot_in_front_for_the_root() -> None:
    globs = Globs(["./model/"])
    assert globs.match("model/a.yaml")
    assert not globs.match("x/model/a.yaml")


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("[z-a].yaml", "z-a is in the wrong order"),
        ("[[:letter:]]", "unknown class letter"),
        ("model\\", "it ends with a backslash"),
        *(
            (pattern, "a segment is empty, . or ..")
            for pattern in ("/", "a//b", "../a", "a/./b", "")
        ),
    ],
)
def test_refuses_what_can_match_nothing(pattern: str, says: str) -> None:
    with pytest.raises(GlobError, match=re.escape(says)):
        Globs([pattern])


def test_no_pattern_takes_long() -> None:
    globs = Globs(["a*a*a*a*a*a*a*a*a*a*b", "**/".join(["", *"aaaaaaaaaa", "b"]), "*?" * 40 + "x"])
    assert not globs.match("a" * 250)
    assert not globs.match("/".join("a" * 2000))


def test_the_last_pattern_decides() -> None:
    globs = Globs(["*.yaml", "!keep.yaml", "old/keep.yaml"])
    assert globs.match("a.yaml")
    assert not globs.match("keep.yaml")
    assert globs.match("old/keep.yaml")


def test_a_file_can_be_taken_back_out_of_a_folder() -> None:
    globs = Globs(["build/", "!build/keep.yaml"])
    assert globs.match("build/a.yaml")
    assert not globs.match("build/keep.yaml")
    assert not globs.covers("build")


def test_covers_a_folder_that_needs_no_look() -> None:
    assert Globs(["build/"]).covers("x/build")
    assert not Globs(["build/*.yaml"]).covers("build")


def test_nothing_matches_no_patterns() -> None:
    assert not Globs()
    assert not Globs().match("a.yaml")
    assert Globs(["a"]) == Globs(["a"])
    assert Globs(["a"]) != Globs(["b"])
    assert len({Globs(["a"]), Globs(["a"])}) == 1
    assert repr(Globs(["a"])) == "Globs(('a',))"
