"""Texts that tests expect, brought up to date by ``pytest --update-golden``: read the diff after.

Where an assertion compares texts and fails, the expected text is looked for and replaced: as a
literal of the test's module (also a part of an f-string, and what is looked for *in* a longer
text), or word for word in a page of documentation. Golden files are written whole. A test stops at
its first failure, so run it until nothing is left. Never touched: texts of one word, lists of
another length, regular expressions.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("*.md", "docs/*.md", "examples/**/*.md")
WIDTH = 88
"""So many characters of a literal go into a line."""
ALIKE = 0.5
"""From here on, words found in a longer text are taken for the reworded ones."""

Pair = tuple[str, str]
"""What was expected and what came; the other way round where an assertion has them so."""
Golden = Callable[[Path, str], None]


class Updater:
    """Collects what differs, in whatever process, and rewrites it at the end of the session."""

    def __init__(self) -> None:
        self._found: list[Pair] = []
        self._by_module: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
        self._said: list[str] = []

    def pytest_assertrepr_compare(self, op: str, left: Any, right: Any) -> None:
        """Remember the texts of an assertion that failed."""
        if op == "==":
            self._found += _differences(left, right)
        elif op == "in" and isinstance(left, str):
            texts = [right] if isinstance(right, str) else [t for t in right if isinstance(t, str)]
            window = _most_alike(left, texts)
            self._found += [(left, window)] if window is not None else []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Hand on what was found with the report, which travels between processes."""
        report: pytest.TestReport = yield  # type: ignore[assignment]
        if report.failed and self._found:
            path = str(item.path)
            report.user_properties += [("golden", (path, *pair)) for pair in self._found]
        self._found = []
        return report  # type: ignore[return-value]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what was found in this process or another."""
        for name, value in report.user_properties:
            if name == "golden":
                path, *pair = value  # type: ignore[misc]
                self._by_module[path].append((report.nodeid, tuple(pair)))  # type: ignore[has-type]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Rewrite it, in the first process only."""
        if hasattr(session.config, "workerinput"):
            return
        written: set[Path] = set()
        for module, found in self._by_module.items():
            for test, pair in dict.fromkeys(found):
                changed = _replace(Path(module), pair)
                written |= {changed} if changed else set()
                if not changed:
                    self._said.append(f"not found, to be changed by hand: {test}: {pair[0]!r}")
        self._said += [f"rewritten: {path.relative_to(ROOT)}" for path in sorted(written)]
        ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
        modules = [str(path) for path in written if path.suffix == ".py"]
        if ruff is not None and modules:
            subprocess.run([ruff, "format", "-q", *modules], check=False)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was rewritten, and what was not."""
        if self._said:
            terminalreporter.section("golden texts")
            for line in self._said:
                terminalreporter.line(line)


def golden_file(update: bool) -> Golden:
    """Compares a text with a file that holds it, or writes it there."""

    def compare(path: Path, text: str) -> None:
        if update:
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), "python -m pytest --update-golden"

    return compare


def _differences(left: Any, right: Any) -> Iterator[Pair]:
    """The texts that differ at the same place of two values."""
    if isinstance(left, str) and isinstance(right, str):
        if left != right and (" " in left.strip() or " " in right.strip()):
            yield right, left
    elif isinstance(left, dict) and isinstance(right, dict):
        for key in left.keys() & right.keys():
            yield from _differences(left[key], right[key])
    elif (
        isinstance(left, (list, tuple))
        and isinstance(right, (list, tuple))
        and len(left) == len(right)
    ):
        for one, other in zip(left, right, strict=True):
            yield from _differences(one, other)


def _most_alike(words: str, texts: list[str]) -> str | None:
    """The words in the texts that are most like some others, or None when nothing is like them.

    They go on to the end of the clause where the last of the others is not found.
    """
    wanted = words.split()
    best, found = ALIKE, None
    for line in (line for text in texts for line in text.splitlines()):
        there = re.findall(r"\s*\S+", line)
        for start in range(len(there)):
            for end in range(start, min(start + len(wanted) + 4, len(there))):
                window = [word.strip() for word in there[start : end + 1]]
                ratio = SequenceMatcher(None, window, wanted).ratio()
                if ratio > best:
                    best = ratio
                    first = wanted.index(window[0]) if window[0] in wanted else 0
                    last = end if window[-1] == wanted[-1] else _end_of_clause(there, end)
                    found = "".join(there[max(start - first, 0) : last + 1]).strip().rstrip(",;:")
    return found if len(wanted) > 1 else None


def _end_of_clause(words: list[str], at: int) -> int:
    return next((i for i in range(at, len(words)) if words[i][-1] in ",;:"), len(words) - 1)


def _replace(module: Path, pair: Pair) -> Path | None:
    """Rewrite the one of the two that is written down; the file in which it was."""
    text = module.read_text(encoding="utf-8")
    written = [(old, new) for old, new in (pair, pair[::-1]) if " " in old.strip()]
    for changed in (
        *(_in_literals(text, old, new) for old, new in written),
        *(_in_parts(text, old, new) for old, new in written if (old, new) == pair),
    ):
        if changed is not None and _compiles(changed):
            module.write_text(changed, encoding="utf-8")
            return module
    for old, new in written:
        pages = [page for pattern in PAGES for page in ROOT.glob(pattern)]
        holders = [page for page in pages if old in page.read_text(encoding="utf-8")]
        if len(old) > 20 and len(holders) == 1:
            page = holders[0]
            page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            return page
    return None


def _compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _in_literals(text: str, old: str, new: str) -> str | None:
    """A module with another text in all literals that were the old one."""
    spans = [
        _span(text, node)
        for node in _outermost_texts(ast.parse(text))
        if isinstance(node, ast.Constant) and node.value == old
    ]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + _literal(new, text[start:end]) + text[end:]
    return text if spans else None


def _in_parts(text: str, old: str, new: str) -> str | None:
    """A module in which the words that changed are replaced within a longer or shorter literal."""
    first, last = _changed(old, new)
    for node in sorted(_outermost_texts(ast.parse(text)), key=lambda node: -len(_known(node))):
        start, end = _span(text, node)
        written = text[start:end]
        for part in _parts(node):
            at = old.find(part)
            if at < 0 or at > first or at + len(part) < last or " " not in part.strip():
                continue
            reworded = new[at : len(new) - (len(old) - at - len(part))]
            if written.count(part) == 1 and not set(reworded) & set('"\\{}\n'):
                return text[:start] + written.replace(part, reworded) + text[end:]
    return None


def _changed(old: str, new: str) -> tuple[int, int]:
    """From where to where in the old text the two differ."""
    shorter = min(len(old), len(new))
    first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    behind = next((i for i in range(shorter - first) if old[-1 - i] != new[-1 - i]), 0)
    return first, len(old) - behind


def _outermost_texts(tree: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """All literals; an f-string is one."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            yield node
        else:
            yield from _outermost_texts(node)


def _parts(node: ast.Constant | ast.JoinedStr) -> list[str]:
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [str(value.value) for value in values if isinstance(value, ast.Constant)]


def _known(node: ast.Constant | ast.JoinedStr) -> str:
    return "".join(_parts(node))


def _span(text: str, node: ast.expr) -> tuple[int, int]:
    """Where a node is written, in characters."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = text.splitlines(keepends=True)

    def offset(line: int, column: int) -> int:
        before = lines[line - 1].encode()[:column].decode()
        return sum(map(len, lines[: line - 1])) + len(before)

    return offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)


def _literal(text: str, instead_of: str) -> str:
    """A text as a literal of Python; long ones in pieces that the formatter sets right."""
    if instead_of.startswith('"""'):
        begin = '"""\\\n' if instead_of.startswith('"""\\\n') else '"""'
        return begin + text.replace("\\", "\\\\").replace('"""', '\\"""') + '"""'
    pieces = re.findall(rf".{{1,{WIDTH}}}(?:\s|\Z)|\S{{{WIDTH},}}\s?", text, re.DOTALL)
    if "".join(pieces) != text:
        pieces = [text]
    written = [_quoted(piece) for piece in pieces]
    return written[0] if len(written) == 1 else "(" + "\n".join(written) + ")"


def _quoted(text: str) -> str:
    shown = repr(text)
    if shown.startswith("'") and '"' not in text:
        shown = '"' + shown[1:-1].replace("\\'", "'") + '"'
    return shown
