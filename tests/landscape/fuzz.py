"""Spoilt files of every format, read to the end: ``python -m tests.landscape.fuzz csv 100000``.

Whatever is in a file, reading it ends with definitions and flaws, each of which has a place.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Settings, SourceSpec
from bizalign_lint.core.types import Place, Source
from bizalign_lint.engine.judge import run
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.mapping.landscape import Landscape, read_landscape
from bizalign_lint.parsing.positions import locate
from tests.landscape.books import OLD, line, ods
from tests.landscape.test_archimate import EXCHANGE

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DEFINITION = b"""\
apiVersion: bizalign/v1
kind: Application
metadata: {name: shop, title: Shop}
spec: {hosting: saas}
"""
TABLE = (
    "reader: {}\nelements:\n  - {{from: {{}}, to: Application, set: {{title: {{column: name}}}}}}\n"
)
SEEDS = {
    "archimate": ("archimate", "archimate/*.archimate"),
    "backstage": ("backstage", "backstage/*/catalog-info.yaml"),
    "coarchi": ("archimate", "coarchi/model/*/*.xml"),
    "csv": ("csv", "tables/*.csv"),
    "json": ("json", "json/*.json"),
    "leanix": ("leanix", "leanix/*.xlsx"),
    "madr": ("madr", "decisions/docs/adr/*.md"),
    "turboea": ("turboea", "turboea/*.xlsx"),
}
"""By format: its mapping, and the files that are spoilt."""
MADE = {
    "exchange": ("archimate", Source("model.xml", EXCHANGE.encode())),
    "markdown": ("markdown", Source("shop.md", b"---\n%s---\n# Shop\n\n- a\n" % DEFINITION)),
    "ods": ("xlsx", Source("list.ods", ods(line("name") + line("a", rows="2")))),
    "xls": ("xlsx", Source("list.xls", OLD)),
}
"""The same, of files that no example has."""
FORMATS = (*SEEDS, *MADE)
WORKBOOKS = frozenset({"leanix", "ods", "turboea", "xls"})
"""Those that an extra reads."""
_BATCH, _WAIT = 100, 600
"""So many inputs may take so many seconds, whatever else the machine does."""
_LONGEST = 10
"""So many seconds of its own an input may take."""
_TABLES = ("csv", "xlsx")
TOKENS = [
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe9",
        b"\r",
        b"\n",
        b"\t",
        b"\xc2\xa0",
        b"\xed\xa0\x80",
    ),
    *(b'"', b"'", b"<", b">", b"&", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"-->"),
    *(b"{", b"}", b"[", b"]", b",", b":", b": ", b"- ", b"---\n", b"...\n", b"*a", b"&a ", b"!!x "),
    *(b"|", b";", b"#", b"```\n", b"](", b"%", b"\\", b"\\u0000", b"\\ud800", b"$ref", b"<<: "),
    *(b"-1", b"0", b"9" * 30, b"1e999", b"NaN", b"null", b"true", b"2026-02-30", b"A" * 300),
    *(b'r="XFD1048576"', b'r="A0"', b'r=""', b'<row r="99999">', b"<c><v>1</v></c>", b'id="a-1"'),
]


@cache
def _loaded() -> Loaded:
    return load()


@cache
def landscape(format_: str) -> Landscape:
    """What reads a format."""
    mapping = (SEEDS.get(format_) or MADE[format_])[0]
    own = Source("own.yaml", TABLE.format(mapping).encode()) if mapping in _TABLES else None
    return read_landscape([SourceSpec(Globs(["*"]), mapping, own)], _loaded().ontology)


@cache
def seeds(format_: str) -> list[Source]:
    """The files that are spoilt, small and sound."""
    if format_ in MADE:
        return [MADE[format_][1]]
    found = sorted(EXAMPLES.glob(SEEDS[format_][1]))
    return [Source(str(path.relative_to(EXAMPLES)), path.read_bytes()) for path in found]


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """A file that is a little broken; of an archive, mostly one of its members."""
    if content.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(content, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        size = len(content)
        at = chance.randrange(size + 1)
        to = min(size, at + chance.choice((1, 1, 2, 8, 40, 400)))
        kind = chance.randrange(6)
        if kind == 0:
            content = content[:at] + content[to:]
        elif kind == 1:
            content = content[:at] + chance.choice(TOKENS) + content[at:]
        elif kind == 2:
            content = content[:at] + chance.choice(TOKENS) + content[to:]
        elif kind == 3:
            content = content[:at] + content[at:to] * chance.choice((2, 2, 3, 50)) + content[to:]
        elif kind == 4:
            content = content[:at]
        else:
            back = chance.randrange(size + 1)
            content = content[:at] + content[back : back + to - at] + content[to:]
    return content


def _repacked(content: bytes, chance: random.Random) -> bytes:
    members = dict(_members(content))
    if not members:
        return content
    name = chance.choice([*members])
    members[name] = spoilt(members[name], chance)
    held = BytesIO()
    with ZipFile(held, "w", chance.choice((ZIP_STORED,) * 7 + (ZIP_DEFLATED,))) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return held.getvalue()


@cache
def _members(content: bytes) -> dict[str, bytes]:
    """What is in an archive; nothing where it is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return {}


def inputs(format_: str, count: int, seed: int) -> Iterator[list[Source]]:
    """The files of a source, one of them spoilt, so many times."""
    chance = random.Random(seed)
    files = seeds(format_)
    for _ in range(count):
        number = chance.randrange(len(files))
        broken = files[number]._replace(content=spoilt(files[number].content, chance))
        yield [*files[:number], broken, *files[number + 1 :]]


def read(format_: str, sources: list[Source], entirely: bool) -> None:
    """Read files to the end: what they define, and the places of all of it."""
    within = landscape(format_)
    if entirely:
        run(_loaded()._replace(landscape=within), sources, Settings(as_of=date(2026, 6, 30)))
        return
    for parsed in within.read_files(sources).parsed.values():
        for flaw in parsed.flaws:
            if isinstance(flaw.place, Place):
                locate(flaw.place)
        for document in parsed.documents[:3]:
            locate(Place(document, ("metadata", "name")))


def main(format_: str, count: int, seed: int = 1) -> None:
    """Read so many spoilt inputs, and tell of the first that does not end as it has to."""
    import faulthandler
    import resource

    for number, sources in enumerate(inputs(format_, count, seed)):
        if number % _BATCH == 0:
            faulthandler.dump_traceback_later(_WAIT, exit=True)
        try:
            start = process_time()
            read(format_, sources, number % 200 == 0)
            assert process_time() - start < _LONGEST
        except BaseException:
            folder = Path(f"spoilt-{format_}")
            for source in sources:
                (folder / source.path).parent.mkdir(parents=True, exist_ok=True)
                (folder / source.path).write_bytes(source.content)
            print(f"{format_}: input {number} of seed {seed} is in {folder}", flush=True)
            raise
    faulthandler.cancel_dump_traceback_later()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{format_}: {count:,} inputs of seed {seed}, at most {memory} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:]))
