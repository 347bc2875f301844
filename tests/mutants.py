"""Small changes to the engine's Python, most of which the tests must notice.

``python -m tests.mutants`` takes a seeded sample of 200, makes them one by one in a copy of the
repository and runs the tests there until one fails: hours on two cores. ``mutants.txt`` has the
survivors that are known, each with its reason. The exit code is 1 if fewer than 92 % are noticed,
or one survives that has no reason. ``--count 10 findings/since.py -- tests/revisions`` is a small
run: of one module, by the tests of one folder; what follows the dashes is for pytest.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
PACKAGE = "bizalign_lint"
FRONTS = ("agents", "cli", "docs", "editors", "ide", "lsp")
"""Rooms that are no part of the engine."""
KNOWN = Path(__file__).with_suffix(".txt")
ENOUGH = 0.92
QUICK = ("-n", "auto")
"""What pytest is told by default."""
PATIENCE = 1_800
"""Seconds after which a change has hung the tests, and so is noticed."""
LEFT_ALONE = shutil.ignore_patterns(
    *(".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
)

_TWINS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change."""

    module: str
    """Its path within the package."""
    where: str
    """The function that holds the change."""
    what: str
    text: str
    """The whole module."""

    @property
    def name(self) -> str:
        """What it is known by, whatever line it is in."""
        return f"{self.module} {self.where}: {self.what}"


def mutants(module: str, text: str) -> Iterator[Mutant]:
    """All changes to one module: comparisons, conditions and constants, in their order."""
    for where, node, is_condition in _places(ast.parse(text), "module"):
        for changed in _changes(node, is_condition):
            segment = ast.get_source_segment(text, node)
            assert segment is not None
            shown = f"{' '.join(segment.split())} → {ast.unparse(changed)}"
            yield Mutant(module, where, shown, _replaced(text, node, f"({ast.unparse(changed)})"))


def _places(node: ast.AST, where: str) -> Iterator[tuple[str, ast.expr, bool]]:
    """The expressions that can be changed, the functions they are in, whether they decide."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        where = node.name if where == "module" else f"{where}.{node.name}"
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_comment") or isinstance(
            node, (ast.Assert, ast.JoinedStr)
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr):
                yield where, child, field == "test"
            if isinstance(child, ast.AST):
                yield from _places(child, where)


def _changes(node: ast.expr, is_condition: bool) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _TWINS:
            changed = copy.deepcopy(node)
            changed.ops = [_TWINS[type(op)]()]
            yield changed
        case ast.BoolOp():
            changed_ = copy.deepcopy(node)
            changed_.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield changed_
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Name(id="TYPE_CHECKING"):
            return
        case _ if is_condition:
            yield ast.UnaryOp(ast.Not(), node)


def _replaced(text: str, node: ast.expr, by: str) -> str:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = text.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    whole = text.encode()
    return (whole[:start] + by.encode() + whole[end:]).decode()


def of_the_engine(only: Sequence[str] = ()) -> list[Mutant]:
    """All changes to the modules of the engine, or to those named."""
    found: list[Mutant] = []
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        module = path.relative_to(ROOT / PACKAGE).as_posix()
        if module in only or (not only and module.partition("/")[0] not in FRONTS):
            found += mutants(module, path.read_text(encoding="utf-8"))
    return found


def known() -> dict[str, str]:
    """The survivors that are known, with their reasons."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  # ") for line in lines if line and not line.startswith("#"))
    return {name.strip(): reason for name, reason in pairs}


def is_noticed(mutant: Mutant, home: Path, turn: int, tests: Sequence[str]) -> bool:
    """Whether a test fails in a copy of the repository that has the change."""
    path = home / PACKAGE / mutant.module
    before = path.read_bytes()
    try:
        path.write_text(mutant.text, encoding="utf-8")
        # Bytecode is told to be old by whole seconds.
        os.utime(path, (turn, turn))
        return failure(home, tests) is not None
    finally:
        path.write_bytes(before)


def failure(home: Path, tests: Sequence[str]) -> str | None:
    """What pytest prints when something fails, None when nothing does."""
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(home)},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "the tests hang"
    return run.stdout + run.stderr if run.returncode else None


def _split(arguments: Sequence[str]) -> tuple[Sequence[str], bool, Sequence[str]]:
    if "--" not in arguments:
        return arguments, False, ()
    at = arguments.index("--")
    return arguments[:at], True, arguments[at + 1 :]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try a sample of changes and print those that survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", help="as findings/since.py; the engine if none")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    own, dashes, tests = _split(sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(own)
    candidates = of_the_engine(options.modules)
    sample = Random(options.seed).sample(candidates, min(options.count, len(candidates)))
    reasons, survivors = known(), []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "copy"
        shutil.copytree(ROOT, home, ignore=LEFT_ALONE, symlinks=True)
        if (failed := failure(home, tests if dashes else QUICK)) is not None:
            raise SystemExit(f"without any change:\n{failed}")
        for turn, mutant in enumerate(sample, 1):
            if is_noticed(mutant, home, turn, tests if dashes else QUICK):
                continue
            survivors.append(mutant)
            print(f"{mutant.name}  # {reasons.get(mutant.name, 'no reason yet')}", flush=True)
    share = 1 - len(survivors) / max(len(sample), 1)
    print(f"{share:.0%} of {len(sample)} noticed ({len(candidates)} there are)")
    return 0 if share >= ENOUGH and all(m.name in reasons for m in survivors) else 1


if __name__ == "__main__":
    raise SystemExit(main())
