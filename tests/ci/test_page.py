"""What docs/ci.md shows is what the recipes make of the change that it shows."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from tests.ci import page
from tests.ci.programs import checked
from tests.ci.runner import ACTION

SCHEMAS = {
    ".github/workflows/": "github-workflows",
    ".gitlab-ci.yml": "gitlab-ci",
    "azure-pipelines.yml": "azure-pipelines",
    "bitbucket-pipelines.yml": "bitbucket-pipelines",
}
AZURE = ("--data-transform", "azure-pipelines", "--regex-variant", "python")
"""The schema is for programs that write pipelines, and has patterns of .NET."""
PAGE = page.PAGE.read_text("utf-8")


def test_page_is_up_to_date(tmp_path: Path) -> None:
    made = page.results(page.proposed(tmp_path.resolve(), PAGE))
    assert page.filled(PAGE, made) == PAGE, "run: python -m tests.ci.page"


def test_examples_are_valid(tmp_path: Path) -> None:
    blocks = re.findall(r"^```yaml\n(# \S+\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    seen = []
    for text in blocks:
        name = text.partition("\n")[0].removeprefix("# ")
        schema = next((known for part, known in SCHEMAS.items() if part in name), None)
        seen.append(schema)
        if schema is not None:
            path = tmp_path / f"{schema}.yaml"
            path.write_text(text, "utf-8")
            options = AZURE if schema == "azure-pipelines" else ()
            checked("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *options, str(path))
    assert {*SCHEMAS.values()} <= {*seen}
    for text in blocks[:2]:
        for job in YAML(typ="safe").load(text)["jobs"].values():
            (ours,) = [step for step in job["steps"] if "bizalign-lint" in step["uses"]]
            assert set(ours.get("with", ())) <= set(ACTION["inputs"])
