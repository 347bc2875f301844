"""The models that the benchmarks measure with are what they are said to be. Nothing is timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Call

ROOT = Path(__file__).resolve().parents[1]
GENERATE = ROOT / "benchmarks" / "generate.py"


def generate(folder: Path, *options: str, seed: str = "0") -> Path:
    subprocess.run(
        [sys.executable, str(GENERATE), str(folder), "--documents", "200", *options],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_generated_model_is_clean(tmp_path: Path, call: Call) -> None:
    """With all rules on, information included."""
    code, out, _ = call("check", str(generate(tmp_path / "model")), "--fail-on", "info")
    assert code == 0, out
    assert "200 definitions" in out


@pytest.mark.sampled(1)
@pytest.mark.parametrize("options", [(), ("--flawed",)])
def test_same_size_gives_same_files(tmp_path: Path, options: tuple[str, ...]) -> None:
    one = contents(generate(tmp_path / "one", *options))
    other = contents(generate(tmp_path / "other", *options, seed="7"))
    assert one == other


def test_every_tenth_document_has_a_finding(tmp_path: Path, call: Call) -> None:
    folder = generate(tmp_path / "model", "--flawed")
    findings = json.loads(call("check", str(folder), "--format", "json")[1])["findings"]
    places = [place for one in findings for place in (one, *one.get("occurrences", ()))]
    assert len({place["entity"] for place in places}) == 20


@pytest.mark.process
def test_a_crater_shows_what_a_changed_rule_does(tmp_path: Path) -> None:
    folder = tmp_path / "models/insurer/model"
    folder.mkdir(parents=True)
    model = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: a}\nspec: {level: 2}\n"
    (folder / "m.yaml").write_text(model)

    def crater(*options: str) -> str:
        command = [sys.executable, "benchmarks/crater.py", "--models", str(folder.parent.parent)]
        return subprocess.run(
            [*command, *options], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout

    kept = str(tmp_path / "before.json")
    assert crater("--save", kept) == "insurer, starter: 0\ninsurer, standard: 0\n"
    (folder / "m.yaml").write_text(model.replace("level: 2", "level: 2, parent: gone"))
    told = "insurer, {}: 1\n  MOD109 1 (was 0)\n"
    assert crater("--compare", kept) == told.format("starter") + told.format("standard")
