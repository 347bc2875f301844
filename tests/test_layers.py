"""Imports keep one direction, and starting the command line stays cheap."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bizalign_lint"

LAYERS = """
model conditions globs durations dates stand_ins copies
errors settings resources
yaml
envelope report parse positions
near explain
bounds sources roots config
git listing repository discover workspace revision staged
ontology schemas validate
graph references dangling link integrity ordering prune intake past
rules
selectors verdicts
check suppress doubles coverage
fixes finish
engine live
fix baseline known accept since diff
cases
reporters diffs exporters editors
docs
lsp
cli
__main__
"""
"""A module may import from lines above its own, and from its own line to its left."""

ORDER = {name: position for position, name in enumerate(LAYERS.split())}
HEAVY = (
    "jsonschema",
    "jsonschema_rs",
    "lsprotocol",
    "orjson",
    "pygls",
    "ruamel",
    "ryml",
    "subprocess",
)


MODULES = sorted(PACKAGE.rglob("*.py"))


def _layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imported(path: Path) -> Iterator[str]:
    """The layers that a module imports from, wherever in it the import stands."""
    package = path.relative_to(PACKAGE.parent).parts[:-1]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *(node.module or "").split(".")))
            names = [f"{module.rstrip('.')}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == PACKAGE.name and len(parts) > 1 and parts[1] in ORDER:
                yield parts[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    layer = _layer(path)
    if layer == "__init__":
        assert list(_imported(path)) == []
        return
    assert layer in ORDER, f"say in {Path(__file__).name} which layer {layer} belongs to"
    wrong = {name for name in _imported(path) if name != layer and ORDER[name] > ORDER[layer]}
    assert wrong == set(), f"{layer} comes before what it imports"


def test_the_map_for_contributors_has_every_module() -> None:
    told = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    table = [line for line in told.splitlines() if line.startswith("|")]
    mapped = [name.rstrip("/") for line in table for name in re.findall(r"`([a-z_]+/?)`", line)]
    assert sorted(mapped) == sorted(set(ORDER) - {"__main__"} | {"bizalign_lint"})


def test_only_the_front_prints_or_exits() -> None:
    for path in MODULES:
        if _layer(path) in ("cli", "__main__"):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert name not in ("print", "exit", "sys.exit", "sys.stdout.write"), path


def test_one_module_writes() -> None:
    """The rest asks it, so that no link, no crash and no foreign save is forgotten."""
    deeds = re.compile(
        r"os\.(replace|rename|renames|unlink|remove|rmdir|removedirs|mkdir|makedirs|symlink|link|"
        r"truncate|chmod|chown)|shutil\.(copy\w*|move|rmtree)|tempfile\.\w+|.*\.(write_text|write_bytes|touch)"
    )
    for path in MODULES:
        if path.relative_to(PACKAGE).parts in (("cli", "writing.py"), ("cli", "__init__.py")):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not isinstance(node, ast.Call):
                continue
            name, *given = map(
                ast.unparse, (node.func, *node.args, *(k.value for k in node.keywords))
            )
            assert not deeds.fullmatch(name), f"{path}:{node.lineno}"
            if name in ("open", "os.open", "io.open") and "os.devnull" not in given:
                mode = "".join(given[1:2])
                assert not re.search(r"^'[^']*[wax+]|O_(WRONLY|RDWR|CREAT)", mode), (
                    path,
                    node.lineno,
                )


@pytest.mark.parametrize("module", ["cli", "cli.edge", "cli.check", "cli.config"])
def test_the_command_line_starts_without_heavy_modules(module: str) -> None:
    code = f"import sys, bizalign_lint.{module}; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in result.stdout.split()}
    assert loaded & set(HEAVY) == set()


def test_a_check_without_findings_imports_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: claims\n"
        "  title: Claims handling\n  description: To handle what customers claim.\n"
        "spec:\n  level: 1\n"
    )
    command = [sys.executable, "-X", "importtime", "-m", "bizalign_lint", "check", str(tmp_path)]
    alone = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=alone)
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert {"jsonschema_rs", "orjson", "ryml"} <= loaded
    needless = {
        *("difflib", "email.utils", "hashlib", "jsonschema", "lsprotocol", "packaging", "pygls"),
        *("ruamel.yaml", "socket", "subprocess", "yaml"),
    }
    assert loaded & needless == set()


def test_every_dependency_is_used_and_declared() -> None:
    """What is installed beside us, by the names that modules import."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    entries = [*project["dependencies"], *project["optional-dependencies"]["lsp"]]
    declared = {re.split("[<>=]", entry)[0].lower() for entry in entries}
    imported = {
        name.split(".")[0]
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] * (node.level == 0)
        )
    }
    called = {"yaml": "pyyaml", "ryml": "rapidyaml", "jsonschema_rs": "jsonschema-rs"}
    foreign = imported - set(sys.stdlib_module_names) - {PACKAGE.name}
    assert {called.get(name, name) for name in foreign} == declared
