"""The hint below very many findings says of the profile to begin with what that shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.revisions.repository import Repository

DRIFT = Path(__file__).parent.parent / "examples" / "meridian-drift"
HINT = re.compile(r"^([\d,]+) instead of ([\d,]+) with --profile starter", re.MULTILINE)


def _assert_agree(call: Call, *arguments: str) -> None:
    """The hint of a check counts what the check itself and the one that it names report."""
    _, text, _ = call("check", *arguments)
    said = HINT.search(text)
    assert said, text[-300:]
    shown = [
        len(call("check", *arguments, *more, "--format", "jsonl")[1].splitlines())
        for more in (("--profile", "starter"), ())
    ]
    assert [*map(int, said.groups())] == shown


@pytest.mark.parametrize(
    "arguments",
    [(), ("--profile", "strict", "--min-severity", "warning", "--ignore", "MOD117")],
)
def test_as_many_are_shown_as_are_said(arguments: tuple[str, ...], call: Call) -> None:
    """One of them is a finding that a rule replaces which that profile does not select."""
    _assert_agree(call, str(DRIFT), *arguments)


def test_of_some_files_too(call: Call) -> None:
    _assert_agree(call, *(str(DRIFT / name) for name in ("business", "subsidiaries", "technology")))


def test_the_rest_of_the_set_up_stays_in_force(tmp_path: Path, call: Call) -> None:
    shutil.copytree(DRIFT, tmp_path, dirs_exist_ok=True)
    config = tmp_path / ".bizalign.yaml"
    said = config.read_text() + "extendSelect: [BAS101, OUT1]\nseverity: {MOD120: info}\n"
    config.write_text(said + "select: [BAS103, BAS110, OUT107, FIN118]\n")
    assert call("baseline", "write", str(tmp_path))[0] == 0
    config.write_text(said)
    _assert_agree(call, str(tmp_path))


def test_of_what_is_new_since_a_revision_too(tmp_path: Path, call: Call) -> None:
    repository = Repository(tmp_path / "model")
    shutil.copytree(DRIFT / "business", repository.folder / "business")
    repository.commit()
    shutil.copytree(DRIFT, repository.folder, dirs_exist_ok=True)
    _assert_agree(call, str(repository.folder), "--since", "HEAD")
