"""Imports keep one direction, and starting the command line stays cheap."""

from __future__ import annotations

import ast
import fnmatch
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.modules import MODULES, PACKAGE, nodes, tree

FLOORS = """
core
sources parsing
readers
schema fixes
graph editors mapping packs
lifecycles
rules
findings workspace
reporters
exporters
engine
incremental ide forecast questions
compare
whatif trend digest
report_page
agents docs lsp
cli
__main__
"""
"""A room imports only from floors above its own line in this list: core stands on nothing."""

FLOOR = {room: floor for floor, rooms in enumerate(FLOORS.split("\n")) for room in rooms.split()}
RULES_FLOORS = ("language", "compiled", "explained", "")
"""The rooms within ``rules``, in the same order; the modules beside them come last."""

HEAVY = (
    "anyio",
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "lsprotocol",
    "mcp",
    "mcp_types",
    "orjson",
    "pygls",
    "ruamel",
    "ryml",
    "subprocess",
    "xlsxwriter",
)


def _room(name: str) -> str:
    """The room of a module by its dotted name below the package."""
    return name.split(".")[0]


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


NAMES = {_name(path) for path in MODULES}


def _imported(path: Path) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in it the import stands."""
    package = path.relative_to(PACKAGE.parent).parts[:-1]
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *(node.module or "").split("."))).rstrip(".")
            names = [(module, alias.name) for alias in node.names]
        else:
            continue
        for module, name in names:
            if module.split(".")[0] == PACKAGE.name:
                below = module.partition(".")[2]
                inner = f"{below}.{name}".strip(".")
                yield inner if inner in NAMES else below


def test_imports_go_one_way() -> None:
    uphill = set()
    for path in MODULES:
        room = _room(_name(path))
        imported = {*_imported(path)}
        if not room:
            assert imported == set(), path
            continue
        assert room in FLOOR, f"say in {Path(__file__).name} on which floor {room} is"
        others = {_room(name) for name in imported} - {room, ""}
        uphill |= {(_name(path), other) for other in others if FLOOR[other] >= FLOOR[room]}
    assert uphill == set()


def test_rules_are_read_then_compiled_then_explained() -> None:
    def floor(name: str) -> int:
        inner = name.split(".")[1] if name.count(".") > 1 else ""
        return RULES_FLOORS.index(inner)

    paths = [path for path in MODULES if _room(_name(path)) == "rules"]
    assert paths
    uphill = {
        (_name(path), name)
        for path in paths
        if path.name != "__init__.py"
        for name in _imported(path)
        if name.startswith("rules.") and floor(name) > floor(_name(path))
    }
    assert uphill == set()


def test_no_import_runs_in_a_circle() -> None:
    """Module by module; an import within a function counts too."""
    ahead = {_name(path): {*_imported(path)} - {_name(path)} for path in MODULES}
    while leaves := {name for name, needs in ahead.items() if not needs & ahead.keys()}:
        ahead = {name: needs for name, needs in ahead.items() if name not in leaves}
    assert ahead == {}


def _told() -> dict[str, set[str]]:
    """What the architecture page names as it describes a room: modules, and groups (``init_*``)."""
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = re.findall(r"^\*\*`(\w+)`\*\* – (.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    return {room: {*re.findall(r"`([a-z0-9_]+\*?)`", paragraph)} for room, paragraph in told}


def _modules(room: str) -> set[str]:
    return {
        path.stem for path in MODULES if _room(_name(path)) == room and path.name != "__init__.py"
    }


def test_the_architecture_names_what_there_is() -> None:
    """The page has a paragraph for each room; the modules and commands in it are there."""
    told = _told()
    assert told.keys() == {_room(name) for name in NAMES} - {"", "__main__"}
    for room, names in told.items():
        known = _modules(room) | _modules("cli") | FLOOR.keys()
        assert [name for name in names if not fnmatch.filter(known, name)] == [], room


MANY = 10
"""A room with more modules than that is not seen at a glance."""


def test_the_architecture_names_every_module_of_a_large_room() -> None:
    for room, names in _told().items():
        modules = _modules(room)
        told = {one for name in names for one in fnmatch.filter(modules, name)}
        assert len(modules) <= MANY or modules == told, room


NEVER = (
    ("ide", "lsp"),
    ("agents", "ide"),
    ("report_page", "ide"),
    ("rules.language", "graph"),
    ("reporters", "engine"),
    ("core", "parsing"),
)
"""Walls within what the floors would allow, or that are worth a name of their own."""


@pytest.mark.parametrize(("inside", "outside"), NEVER)
def test_walls(inside: str, outside: str) -> None:
    def within(name: str, room: str) -> bool:
        return name == room or name.startswith(f"{room}.")

    for path in MODULES:
        if within(_name(path), inside):
            assert [name for name in _imported(path) if within(name, outside)] == [], path


FOREIGN = {
    "click": ("cli",),
    "jinja2": ("report_page",),
    "pygls": ("lsp",),
    "lsprotocol": ("lsp",),
    "anyio": ("agents",),
    "mcp": ("agents",),
    "subprocess": ("sources",),
    "ruamel": ("parsing",),
    "ryml": ("parsing",),
}
"""Which rooms alone may import a library."""


@pytest.mark.parametrize("library", FOREIGN)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    users = {
        _room(_name(path))
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] * (node.level == 0)
        )
        if name.split(".")[0] == library
    }
    assert users <= {*FOREIGN[library]}


def test_there_are_few_rooms() -> None:
    rooms = {_room(_name(path)) for path in MODULES} - {"", "__main__"}
    assert rooms == FLOOR.keys() - {"__main__"}
    assert len(rooms) <= 30


def test_every_room_states_its_invariants() -> None:
    for room in {path.parent for path in MODULES} - {PACKAGE}:
        text = ast.get_docstring(tree(room / "__init__.py")) or ""
        assert "Invariants:" in text or room.parent.name in ("lsp",), room


def test_the_architecture_page_has_every_room() -> None:
    told = (PACKAGE.parent / "docs/architecture.md").read_text("utf-8")
    headed = set(re.findall(r"^\*\*`([a-z_]+)", told, re.MULTILINE))
    assert headed == FLOOR.keys() - {"__main__"}


def test_the_architecture_page_has_the_rooms_from_the_ground_up() -> None:
    """Each room is described after all those that it imports from."""
    told = (PACKAGE.parent / "docs/architecture.md").read_text("utf-8")
    order = re.findall(r"^\*\*`([a-z_]+)", told, re.MULTILINE)
    for path in MODULES:
        room = _room(_name(path))
        if room in order:
            read = {_room(name) for name in _imported(path)} - {room, ""}
            assert read <= {*order[: order.index(room)]}, path


def test_only_the_front_prints_or_exits() -> None:
    for path in MODULES:
        if _room(_name(path)) in ("cli", "__main__"):
            continue
        for node in nodes(path):
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
        for node in nodes(path):
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
        *("difflib", "hashlib", "jsonschema", "lsprotocol", "pygls", "ruamel.yaml"),
        *("subprocess", "yaml"),
    }
    assert loaded & needless == set()


def test_every_dependency_is_used_and_declared() -> None:
    """What is installed beside us, by the names that modules import."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    entries = [*project["dependencies"], *extras["lsp"], *extras["mcp"], *extras["xlsx"]]
    declared = {re.split("[<>=]", entry)[0].lower() for entry in entries}
    imported = {
        name.split(".")[0]
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] * (node.level == 0)
        )
    }
    called = {
        "ruamel": "ruamel.yaml",
        "yaml": "pyyaml",
        "ryml": "rapidyaml",
        "jsonschema_rs": "jsonschema-rs",
        "python_calamine": "python-calamine",
        "xlsxwriter": "xlsxwriter",
    }
    foreign = imported - set(sys.stdlib_module_names) - {PACKAGE.name}
    assert {called.get(name, name) for name in foreign} == declared
