"""What tests expect is brought up to date by one command, and nothing else is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.process
MODULE = '''\
import pytest

LONG = """\\
{word} of the first line
and of the second
"""


def said(name, word="{said}"):
    return f"{{name}} {{word}} of the first line\\nand of the second"


def test_a_literal():
    assert said("x").splitlines() == ["x {word} of the first line", "and of the second"]


def test_many_lines():
    assert said("")[1:] + "\\n" == LONG


def test_a_part_of_an_f_string():
    name = "y"
    assert said(name).splitlines()[0] == f"{{name}} {word} of the first line"


@pytest.mark.parametrize("told", ["{word} of the first"])
def test_within_a_longer_text(told):
    assert told in said("z")


def test_at_the_end_of_a_clause():
    assert "it is {word}" in "if it is {said}, then"


def test_one_word_is_no_message():
    assert said("x").split()[1] == "{word}"


def test_another_length_is_another_result():
    assert said("w").splitlines() == ["w {word} of the first line"]
'''


def update(module: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", "/dev/null"]
    run = subprocess.run(
        [*command, "-p", "update", f"--rootdir={module.parent}", *options, str(module)],
        cwd=module.parent,
        env={"PYTHONPATH": f"{ROOT}:{module.parent}", "PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "update.py").write_text(
        "from tests import expected\n\n\ndef pytest_configure(config):\n"
        "    expected.ROOT = config.rootpath\n"
        "    config.pluginmanager.register(expected.Updater())\n"
    )
    return tmp_path / "test_sample.py"


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "several"])
def test_reworded_texts_are_rewritten(module: Path, options: tuple[str, ...]) -> None:
    module.write_text(MODULE.format(word="antique", said="brand new"))
    output = update(module, *options)
    written = module.read_text()
    assert "rewritten: test_sample.py" in output
    touched, left = written.split("def test_one_word")
    assert "antique" not in touched, output
    assert left.count("antique") == 2
    assert "2 failed, 5 passed" in update(module)


def test_what_is_right_is_left_alone(module: Path) -> None:
    module.write_text(MODULE.format(word="new", said="new"))
    before = module.read_bytes()
    assert "golden texts" not in update(module)
    assert module.read_bytes() == before


def test_what_is_not_found_is_reported(module: Path) -> None:
    module.write_text("def test_it():\n    assert ' '.join('abc') == ' '.join('abd')\n")
    assert "to be changed by hand" in update(module)
