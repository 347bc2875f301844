"""Files that are no YAML, or more than anybody would write: a place or a clean pass, and soon."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_BROKEN, MAX_DEFECTS, MAX_DOCUMENTS, MAX_KEY
from bizalign_lint.parsing import documents as parsing

from .reading import HEAD, read, span_of, told

UTF16 = "this file is UTF-16; save it as UTF-8"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f"{HEAD}a: 1\n".encode("utf-16"), UTF16),
        (f"{HEAD}a: 1\n".encode("utf-16-le"), UTF16),
        (f"{HEAD}a: 1\n".encode("utf-16-be"), UTF16),
        (f"\ufeff{HEAD}a: ü\n".encode("utf-16-be"), UTF16),
        (f"{HEAD}a: ü\n".encode("utf-16-le"), UTF16),
        (f"# {'-' * 14}\u03a9\n{HEAD}".encode("utf-16-be"), UTF16),
        (f"{HEAD}a: 1\n".encode("utf-32"), "this file is UTF-32; save it as UTF-8"),
    ],
)
def test_other_encodings(content: bytes, problem: str) -> None:
    parsed = read(content)
    (flaw,) = parsed.flaws
    assert (flaw.condition, flaw.details["problem"]) == (conditions.SYNTAX, problem)
    assert (span_of(flaw.place).line, span_of(flaw.place).column) == (1, 1)
    assert len(parsed.unread) == 1


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b"a: caf\xe9", "2: \xe9", "byte 0xE9 is not valid UTF-8 (in Latin-1 it would be 'é')"),
        (b"a: \x80", "2: \x80", "byte 0x80 is not valid UTF-8"),
        (b"a: \xed\xa0\x80", "2: \xed", "byte 0xED is not valid UTF-8"),
        (b"# caf\xe9\n", "2: \xe9", "byte 0xE9 is not valid UTF-8"),
        (b"a: b\x00c", "2: \x00", "a NUL character is not allowed in YAML; remove it"),
        (b"a: b\x08c", "2: \x08", "the control character U+0008 is not allowed in YAML"),
        (b"a: b\x7fc", "2: \x7f", "the control character U+007F is not allowed in YAML"),
        (b"a: b\xc2\x80c", "2: \x80", "the control character U+0080 is not allowed in YAML"),
        (b"# b\x1b[0m", "2: \x1b", "the control character U+001B is not allowed in YAML"),
        (b"a: \xef\xbf\xbf", "2: \uffff", "the control character U+FFFF is not allowed"),
        ("a: ü\ufeffb".encode(), "2: \ufeff", "there is a byte order mark in the middle"),
    ],
)
def test_bytes_that_are_no_yaml(content: bytes, place: str, problem: str) -> None:
    ((where, said),) = told(HEAD.encode() + content)
    assert where == place
    assert said.startswith(problem)
    assert read(b"apiVersion: v1\n" + content).flaws == []


def test_characters_that_are() -> None:
    text = f'\ufeff{HEAD}a: "\u0085\u00a0\ud7ff\ue000\ufffd\U00010000\U0010ffff"\n'
    (document,) = read(text).documents
    assert document.value["a"] == "\u0085\u00a0\ud7ff\ue000\ufffd\U00010000\U0010ffff"


def test_so_many_mistakes() -> None:
    parsed = read(HEAD + "a: 1\n" * (2 * MAX_DEFECTS))
    assert len(parsed.flaws) == MAX_DEFECTS + 2
    assert parsed.flaws[-1].details["problem"].startswith("this document has more than 1,000 err")
    assert parsed.documents == []


def test_so_many_broken_documents() -> None:
    parsed = read(f"---\n{HEAD}a: [\n" * (2 * MAX_BROKEN))
    assert len(parsed.flaws) == MAX_BROKEN + 1
    problem = parsed.flaws[-1].details["problem"]
    assert (
        problem == "more than 100 documents in this file have syntax errors; the rest is not read"
    )
    assert "".join(parsed.unread).count("a: [") == 2 * MAX_BROKEN


@pytest.mark.slow
@pytest.mark.parametrize("odd", ["a: 1\n", "a: &a 1\n"])
def test_so_many_documents(odd: str) -> None:
    text = f"---\n{HEAD}{odd}"
    assert len(read(text * MAX_DOCUMENTS).documents) == MAX_DOCUMENTS
    parsed = read(text * (MAX_DOCUMENTS + 3))
    assert len(parsed.documents) == MAX_DOCUMENTS
    (flaw,) = parsed.flaws
    assert flaw.details["problem"] == "this file has more than 20,000 documents; split it"
    assert span_of(flaw.place).line == 3 * MAX_DOCUMENTS + 1
    assert "".join(parsed.unread).count("apiVersion") == 3


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MAX_BYTES", 100)
    text = f"# \u00fc\n{HEAD}metadata:\n  name: not-read\n# {'x' * 100}\n"
    parsed = read(text)
    (flaw,) = parsed.flaws
    assert flaw.condition == conditions.SYNTAX
    assert flaw.details["problem"] == "this file has more than 100 bytes; split it"
    assert (span_of(flaw.place).line, span_of(flaw.place).column) == (1, 1)
    assert (parsed.documents, parsed.unread) == ([], ["not-read"])
    assert len(read(text[:90]).documents) == 1


@pytest.mark.parametrize("head", ["", "apiVersion: v1\n", "# bizalign\napiVersion: v1\n"])
def test_a_large_file_of_another_tool(monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    monkeypatch.setattr(parsing, "MAX_BYTES", 100)
    assert read(head + "a: 1\n" * 100).flaws == []


@pytest.mark.parametrize("key", ["? {}\n: 1\n", "{}: 1\n", '? "{}"\n: 1\n'])
def test_a_key_that_is_too_long(key: str) -> None:
    assert len(read(HEAD + key.format("k" * (MAX_KEY - 2))).documents) == 1
    ((_, problem),) = told(HEAD + key.format("k" * (MAX_KEY + 1)))
    assert problem == "a key cannot have more than 1,024 characters"


HUGE = """
    import resource, time
    from pathlib import Path
    from bizalign_lint.core.types import Place, Source
    from bizalign_lint.parsing.documents import parse
    from bizalign_lint.parsing.positions import locate

    size = 5_000_000
    levels = 10_000
    bodies = {
        "open brackets": "a: " + "[" * levels,
        "brackets": "a: " + "[" * levels + "]" * levels,
        "open braces": "a: " + "{a: " * levels,
        "block": "\\n".join(" " * n + "a:" for n in range(3000)),
        "dashes": "a:\\n" + "- " * levels,
        "questions": "? " * levels,
        "only brackets": "a: " + "[" * size,
        "plain": "a: " + "x" * size,
        "words": "a: " + "x " * (size // 2),
        "double quotes": 'a: "' + "\\\\n" * (size // 2) + '"',
        "single quotes": "a: '" + "''" * (size // 2) + "'",
        "an open quote": 'a: "' + "x" * size,
        "a list": "a: [" + "1," * (size // 2) + "]",
        "a mapping": "a: {" + ",".join(f"k{n}: 1" for n in range(400_000)) + "}",
        "one key": "a: {" + "k: 1," * (size // 5) + "}",
        "lines": "a:\\n" + "  - x\\n" * (size // 6),
        "literal": "a: |\\n" + "  x\\n" * (size // 6),
        "breaks": "a: |\\n" + "\\n" * (size // 2),
        "colons": "a: " + ":" * size,
        "hashes": "a: " + " #" * (size // 2),
        "documents": "---\\n" * (size // 4),
        "text documents": "--- a\\n" * (size // 6),
        "broken documents": "--- [\\n" * (size // 6),
        "anchors": "a: " + "&a " * (size // 3),
        "tags": "a: " + "! " * (size // 2),
        "properties": "a: " + "%!&?" * (size // 4),
        "digits": "a: " + "1" * size,
        "fraction": "a: 1." + "1" * size,
        "base 60": "a: " + "1:" * (size // 2) + "1",
        "underscores": "a: " + "1_" * (size // 2),
        "a key": "x" * size + ": 1",
        "a complex key": "? " + "x" * size + "\\n: 1",
        "returns": "\\r" * size,
        "ambiguous": "a:\\n" + "  - no\\n" * 90_000,
        "duplicates": "k: 1\\n" * 90_000,
        "quoted": "".join(f'"k{n}": "1_{n}"\\n' for n in range(60_000)),
        "flow": "".join(f"k{n}: [a, {{b: 'c d' }}]\\n" for n in range(20_000)),
        "prose": "a: >\\n" + "  say \\"x\\" and [y] z, the users' {w}\\n" * 30_000,
        "templates": "a: {{ x }}\\n" * 100_000,
        "laughs": "a0: &a0 [x]\\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\\n" for n in range(1, 20)
        ),
        "merges": "b: &b {" + ", ".join(f"k{n}: 1" for n in range(5000)) + "}\\n" + "".join(
            f"x{n}: {{<<: *b}}\\n" for n in range(5000)
        ),
        "NUL": "\\0" * size,
    }
    for name, body in bodies.items():
        source = Source("x.yaml", f"apiVersion: bizalign/v1\\n{body}".encode())
        started = time.process_time()
        parsed = parse(source)
        assert parsed.documents or parsed.flaws, name
        for flaw in parsed.flaws[:3]:
            if isinstance(flaw.place, Place):
                locate(flaw.place)
        spent = time.process_time() - started
        # A tenth of this on an ordinary machine; what grows with the square takes far longer.
        assert spent < 20, f"{name}: {spent:.1f} s"
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says holds the memory of the process that started this one.
        print(status.read_text().partition("VmHWM:")[2].split()[0])
    else:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_huge_files() -> None:
    """In a process of its own, which nobody measures, so that its memory is its own."""
    result = subprocess.run(
        [sys.executable, "-c", dedent(HUGE)],
        env={name: value for name, value in os.environ.items() if "COV" not in name},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert int(result.stdout) < 500_000
