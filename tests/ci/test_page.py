"""What docs/ci.md shows is what the recipes make of the change that it shows."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from tests.ci import page
from tests.ci.programs import checked
from tests.ci.runner import ACTION

PAGE = page.PAGE.read_text("utf-8")


def test_page_is_up_to_date(tmp_path: Path) -> None:
    made = page.results(page.proposed(tmp_path.resolve(), PAGE))
    assert page.filled(PAGE, made) == PAGE, "run: python -m tests.ci.page"


def test_examples_are_valid(tmp_path: Path) -> None:
    blocks = re.findall(r"^```yaml\n(# \S+\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for text, schema in zip(blocks, ("github-workflows", "gitlab-ci"), strict=True):
        path = tmp_path / f"{schema}.yaml"
        path.write_text(text, "utf-8")
        checked("check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(path))
    steps = YAML(typ="safe").load(blocks[0])["jobs"]["alignment"]["steps"]
    (ours,) = [step for step in steps if "bizalign-lint" in step["uses"]]
    assert set(ours["with"]) <= set(ACTION["inputs"])
