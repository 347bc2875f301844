"""Small changes to the engine's Python, most of which the tests must notice.

``python -m tests.mutants`` takes a seeded sample of 200 and makes them one by one in a copy of the
repository. The tests have run there once without any change, with a record of the lines that each
of them reaches; so each change is shown to the tests that reach its line, first to those that reach
little else, until one fails. All tests run for a line that is on record for none, which is how it
is with lines that run on import; where few are on record, all tests of their files run as well, as
what a process remembers is on record for the first test alone. It takes some two hours of one core
and prints what becomes of each change; with ``--home FOLDER`` the copy and the record stay, and
after a stop it goes on there with ``--start NUMBER``. ``mutants.txt`` has the survivors that are
known, each with its reason. The exit code is 1 if fewer than 92 % are noticed, or one survives that
has no reason. ``--count 10 findings/since.py -- tests/revisions`` is a small run: of one module, by
the tests of one folder; what follows the dashes is for pytest.
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
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).parent.parent
PACKAGE = "bizalign_lint"
FRONTS = ("agents", "cli", "docs", "editors", "ide", "lsp")
"""Rooms that are no part of the engine."""
KNOWN = Path(__file__).with_suffix(".txt")
ENOUGH = 0.92
QUICK = ("-n", "1")
"""What pytest is told by default: a process of its own shows a change that ends it."""
NEAR = 100
"""How many tests are run before the others that reach a line."""
FEW = 10
"""Of so few tests that reach a line, the others of their files are run as well."""
PATIENCE = 120
"""Seconds after which a change has hung a test, and so is noticed."""
PYTEST = (
    *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"),
    *("-o", f"faulthandler_timeout={PATIENCE}", "-o", "faulthandler_exit_on_timeout=true"),
)
RECORD = "record-of-lines"
TRACED = (f"--cov={PACKAGE}", "--cov-context=test", "--cov-report=", f"--cov-config={os.devnull}")
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
    lines: range
    """The lines, from 1, of the expression that is changed."""
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
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            changed_text = _replaced(text, node, f"({ast.unparse(changed)})")
            yield Mutant(module, where, shown, lines, changed_text)


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


def of_the_engine(home: Path, only: Sequence[str]) -> list[Mutant]:
    """All changes to the modules of the engine in a copy of the repository, or to those named."""
    found: list[Mutant] = []
    for path in sorted((home / PACKAGE).rglob("*.py")):
        module = path.relative_to(home / PACKAGE).as_posix()
        if module in only or (not only and module.partition("/")[0] not in FRONTS):
            found += mutants(module, path.read_text(encoding="utf-8"))
    return found


def chosen(candidates: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them. A commit that leaves one of them as it is leaves it in the sample."""

    def lot(mutant: Mutant) -> bytes:
        return blake2b(f"{seed} {mutant.name}".encode()).digest()

    return sorted(candidates, key=lot)[:count]


def known() -> dict[str, str]:
    """The survivors that are known, with their reasons."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  # ") for line in lines if line and not line.startswith("#"))
    return {name.strip(): reason for name, reason in pairs}


def reaching(sample: Collection[Mutant], home: Path) -> Mapping[Mutant, Sequence[str]]:
    """The recorded tests that reach the line of a change, first those that reach fewest lines."""
    record = CoverageData(str(home / RECORD))
    record.read()
    reached: Counter[str] = Counter()
    near: dict[Mutant, set[str]] = defaultdict(set)
    for path in record.measured_files():
        module = Path(path).relative_to(home / PACKAGE).as_posix()
        changes = [mutant for mutant in sample if mutant.module == module]
        for line, contexts in record.contexts_by_lineno(path).items():
            # As in tests/a.py::test_b[case]|run; empty for what runs as modules are imported.
            tests = {context.rpartition("|")[0] for context in contexts} - {""}
            reached.update(tests)
            for mutant in changes:
                if line in mutant.lines:
                    near[mutant] |= tests
    return {m: sorted(near[m], key=lambda test: (reached[test], test)) for m in sample}


def noticed_by(
    mutant: Mutant, home: Path, turn: int, near: Sequence[str], tests: Sequence[str]
) -> str | None:
    """What fails in a copy of the repository that has the change: of those near it, or of all."""
    path = home / PACKAGE / mutant.module
    before = path.read_bytes()
    try:
        path.write_text(mutant.text, encoding="utf-8")
        # Bytecode is told to be old by whole seconds.
        os.utime(path, (turn, turn))
        said = failure(home, ("-n", "0", *near[:NEAR]) if near else tests)
        if said is None and near[NEAR:]:
            said = failure(home, ("-n", "1", *near[NEAR:]))
        if said is None and 0 < len(near) <= FEW:
            files = dict.fromkeys(test.partition("::")[0] for test in near)
            said = failure(home, ("-n", "0", *files))
    finally:
        path.write_bytes(before)
    failed = [line for line in (said or "").splitlines() if line.startswith(("FAILED", "ERROR"))]
    return " ".join(failed[:1]) or said


def failure(home: Path, tests: Sequence[str]) -> str | None:
    """What pytest prints when something fails, None when nothing does."""
    run = subprocess.run(
        [*PYTEST, *tests],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), "COVERAGE_FILE": str(home / RECORD)},
        capture_output=True,
        text=True,
        check=False,
    )
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
    parser.add_argument("--start", type=int, default=1, help="leave out those before this one")
    parser.add_argument("--home", type=Path, help="keep the copy and the record in this folder")
    own, dashes, rest = _split(sys.argv[1:] if arguments is None else arguments)
    tests = rest if dashes else QUICK
    options = parser.parse_args(own)
    reasons, survivors = known(), []
    with tempfile.TemporaryDirectory() as folder:
        home = (options.home or Path(folder) / "copy").resolve()
        if not (home / RECORD).exists():
            shutil.copytree(ROOT, home, ignore=LEFT_ALONE, symlinks=True)
            # A repository is what the examples are in.
            subprocess.run(["git", "init", "-q", home], check=True)
            if (failed := failure(home, (*TRACED, *tests))) is not None:
                (home / RECORD).unlink(missing_ok=True)
                raise SystemExit(f"without any change:\n{failed}")
        candidates = of_the_engine(home, options.modules)
        sample = chosen(candidates, options.count, options.seed)
        near = reaching(sample, home)
        turns = [*enumerate(sample, 1)][options.start - 1 :]
        for turn, mutant in turns:
            said = noticed_by(mutant, home, turn, near[mutant], tests)
            if said is None:
                survivors.append(mutant)
                said = f"survives  # {reasons.get(mutant.name, 'no reason yet')}"
            print(f"{turn}. {mutant.name} (line {mutant.lines.start})\n    {said}", flush=True)
    share = 1 - len(survivors) / max(len(turns), 1)
    print(f"{share:.0%} of {len(turns)} noticed ({len(candidates)} there are)")
    print(*(mutant.name for mutant in survivors), sep="\n")
    return 0 if share >= ENOUGH and all(m.name in reasons for m in survivors) else 1


if __name__ == "__main__":
    raise SystemExit(main())
