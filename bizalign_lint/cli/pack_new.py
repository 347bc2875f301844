"""The files of a new pack, which passes its own cases."""

from __future__ import annotations

from bizalign_lint import __version__
from bizalign_lint.cli.rule_new import rule_file, test_file
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.packs.installed import GROUP
from bizalign_lint.schema.ontology import Kind

_PACK = """\
name: {name}
title: {title}
version: "0.1.0"
description: What it contains, and for whom.
requiredVersion: "{version}"
"""
_GUIDELINE = """\
id: {name}
title: {title}
order: 100
summary: What these rules are for, in a sentence.
rationale: |
  Why they belong together, in two or three sentences.
"""
_PROFILE = """\
# {title}: the rules of this pack, beside those that the configuration selects.
extendSelect: [{name}]
"""
_README = """\
# {title}

A pack for bizalign-lint: schemas, rules, mappings and profiles.

    bizalign-lint pack test        # in this folder

To use it, run `bizalign-lint pack add ADDRESS` in the repository of a model, and add the pack to
`.bizalign.yaml` there: `packs: [packs/{name}]`. Or install it as a Python package beside
bizalign-lint, and add it by name: `packs: [{name}]`.
"""
_PROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
description = "{title}: a pack for bizalign-lint."
requires-python = ">=3.11"

[project.entry-points."{group}"]
{name} = "{module}"

[tool.hatch.build.targets.wheel.force-include]
"pack.yaml" = "{module}/pack.yaml"
"rules" = "{module}/rules"
"profiles" = "{module}/profiles"
"""


def files(name: str, prefix: str, kind: Kind) -> dict[str, str]:
    """The texts of the files, by their paths in the pack's folder; the rule is for ``kind``."""
    id_ = f"{prefix}101"
    said = {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "module": name.replace("-", "_"),
        "version": __version__,
        "group": GROUP,
    }
    rule = f"rules/{name}/{name}-not-described"
    return {
        "pack.yaml": _PACK.format(**said),
        "README.md": _README.format(**said),
        "pyproject.toml": _PROJECT.format(**said),
        f"rules/{name}/guideline.yaml": _GUIDELINE.format(**said),
        f"{rule}.yaml": rule_file(id_, name, kind),
        f"{rule}{TEST_SUFFIX}": test_file(id_, kind),
        "profiles/default.yaml": _PROFILE.format(**said),
    }
