"""``bizalign-lint pack``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import copies, output_target, write
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.words import counted
from bizalign_lint.packs.pack import FILE_NAME, PARTS, Pack
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.packs.lock import Lock

_KINDS = {"schemas": "schema", "rules": "rule file", "mappings": "mapping", "profiles": "profile"}


@click.group("pack", cls=HelpfulGroup)
def command() -> None:
    """Share schemas, rules, mappings and profiles, and use what others share."""


@command.command("list")
@click.pass_obj
def list_(session: Session, /) -> None:
    """List the packs that the configuration names, and what they contain."""
    from bizalign_lint.packs.lock import read_lock
    from bizalign_lint.packs.pack import part

    for pack in _configured(session):
        parts = {name: part(pack, name) for name in PARTS}
        holds = [counted(len(files), _KINDS[name]) for name, files in parts.items() if files]
        lock = read_lock(pack)
        where = f"{lock.address} at {lock.commit[:12]}" if lock else ""
        where = "installed" if pack.is_installed else where or "this repository's own"
        text = f"{pack.name} {pack.version}  {pack.title} ({', '.join(holds) or 'empty'})"
        sys.stdout.write(f"{clean(text)}\n  {clean(pack.path)}, {clean(where)}\n")


@command.command("new")
@click.argument("name")
@click.option(
    "--prefix", required=True, metavar="XYZ", help="Three capital letters that rule ids begin with."
)
@click.option("--target", required=True, metavar="KIND", help="Kind that its first rule checks.")
@click.pass_obj
def new(session: Session, /, name: str, prefix: str, target: str) -> None:
    """Create a pack in a new folder, with a guideline, a rule and its cases, and a profile.

    The folder can become a git repository or a Python package: its pyproject.toml is ready for
    that. NAME is the name of the pack in configurations, such as house-rules.
    """
    import re

    from bizalign_lint.cli.pack_new import files
    from bizalign_lint.engine.load import load

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(f"{name!r} is not a valid name: use lower-case words joined by hyphens")
    if not re.fullmatch(r"[A-Z]{3}", prefix):
        raise UsageError(f"{prefix!r} is not a prefix: use three capital letters")
    root = find_root(()).path
    session.root = root
    kinds = load().ontology.kinds
    if target not in kinds:
        raise UsageError(f"unknown kind {target}", hint=hint(target, kinds))
    if os.path.lexists(name):
        raise UsageError(f"{name} already exists")
    for path, text in files(name, prefix, kinds[target]).items():
        file = output_target(os.path.join(name, path), root)
        write(file, [text])
        sys.stdout.write(f"wrote {file.name}\n")
    sys.stdout.write(f"next: bizalign-lint pack test {name}\n")


@command.command("test")
@click.argument("folders", nargs=-1, type=click.Path())
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that pass.")
@click.pass_obj
def test(session: Session, /, folders: tuple[str, ...], verbose: bool) -> int:
    """Test packs: whether their files can be used, and the cases of rules and mappings pass.

    FOLDERS are packs; without any, the current folder is tested if it is a pack, else the packs of
    the configuration. Each is tested alone, with only what is shipped. Exit code 1 if a case fails.
    """
    from bizalign_lint.cli.pack_test import try_pack
    from bizalign_lint.packs.pack import read_pack

    session.root = os.getcwd()
    named = folders or ((".",) if os.path.isfile(FILE_NAME) else ())
    packs = [
        read_pack(os.path.realpath(folder), os.path.normpath(folder).replace(os.sep, "/"))
        for folder in named
    ]
    failed = 0
    for pack in packs or _configured(session):
        tried = try_pack(pack, _style(session), verbose)
        sys.stdout.writelines(f"{line}\n" for line in tried.lines)
        failed += tried.failed
    return int(bool(failed))


@command.command("add")
@click.argument("address")
@click.option("--rev", default="HEAD", metavar="REV", help="Branch, tag or commit (default: HEAD).")
@click.option(
    "--folder",
    default="",
    metavar="FOLDER",
    help="Folder of the pack in that repository (default: its top).",
)
@click.option(
    "--into", default="packs", metavar="FOLDER", help="Folder to put it in (default: packs)."
)
@click.pass_obj
def add(session: Session, /, address: str, rev: str, folder: str, into: str) -> None:
    """Fetch a pack from a git repository, once, and keep its files in this one.

    ADDRESS is what git clones, such as https://git.example.org/house-rules. Checks then need no
    network. A lock file in the pack's folder has its commit and a hash of each
    file; a pack that somebody has changed is refused.
    """
    from bizalign_lint.packs.lock import Lock

    root = find_root(()).path
    session.root = root
    asked = Lock(address=address, revision=rev, commit="", folder=folder.strip("/"), files={})
    pack, lock, files = _fetched(asked)
    home = os.path.join(into, pack.name)
    if os.path.lexists(home):
        raise UsageError(f"{home} already exists", hint=f"bizalign-lint pack update {pack.name}")
    _keep(home, root, lock, files, ())
    sys.stdout.write(f"{_line(pack, lock)}\n")
    entry = os.path.relpath(home, root).replace(os.sep, "/")
    sys.stdout.write(f"wrote {clean(home)}; add to .bizalign.yaml: packs: [{clean(entry)}]\n")


@command.command("update")
@click.argument("names", nargs=-1)
@click.option(
    "--rev", metavar="REV", help="Branch, tag or commit (default: the same as last time)."
)
@click.pass_obj
def update(session: Session, /, names: tuple[str, ...], rev: str | None) -> None:
    """Fetch packs again from their addresses, and show what changes.

    NAMES are packs of the configuration; without any, all fetched packs are updated.
    """
    from bizalign_lint.packs.lock import read_lock

    found = [(pack, lock) for pack in _configured(session) if (lock := read_lock(pack))]
    known = [pack.name for pack, _ in found]
    for name in names:
        if name not in known:
            there = listed(known) if known else "the configuration names no fetched pack"
            raise UsageError(f"no pack {name} was fetched", hint=hint(name, known, there))
    for old, lock in found:
        if names and old.name not in names:
            continue
        pack, now, files = _fetched(lock._replace(revision=rev or lock.revision))
        if pack.name != old.name:
            raise UsageError(
                f"{old.name} is now named {pack.name} at {lock.address}",
                hint=f"fetch it with bizalign-lint pack add, and remove {old.path}",
            )
        gone = sorted({*lock.files} - {*files})
        _keep(os.path.join(session.root, old.path), session.root, now, files, gone)
        sys.stdout.write(f"{_line(pack, now)}\n")
        for line in _changes(lock, now):
            sys.stdout.write(f"  {clean(line)}\n")


def _fetched(asked: Lock) -> tuple[Pack, Lock, dict[str, bytes]]:
    """The pack, lock file and files that a lock file names; fetched, and found to be usable."""
    from tempfile import TemporaryDirectory

    from bizalign_lint.cli.pack_test import load_pack
    from bizalign_lint.packs.fetch import fetch_pack
    from bizalign_lint.packs.lock import digests
    from bizalign_lint.packs.pack import read_pack

    with TemporaryDirectory(prefix="bizalign-") as folder:
        found = fetch_pack(asked.address, asked.revision, asked.folder, os.path.realpath(folder))
    with copies(found.files) as copy:
        pack = read_pack(copy, asked.address)
        load_pack(pack)
    lock = asked._replace(commit=found.commit, files=digests(found.files))
    return pack, lock, found.files


def _keep(home: str, root: str, lock: Lock, files: dict[str, bytes], gone: Sequence[str]) -> None:
    """Write a pack; its lock file comes last, so that an incomplete pack is noticed."""
    from bizalign_lint.cli.writing import content, remove, replace
    from bizalign_lint.packs.lock import LOCK_NAME, render

    texts = {**files, LOCK_NAME: render(lock).encode()}
    for path in gone:
        remove(output_target(os.path.join(home, path), root))
    for path, text in texts.items():
        target = output_target(os.path.join(home, path), root)
        held = content(target)
        if held != text:
            replace(target, held, [text])


def _changes(before: Lock, now: Lock) -> Iterator[str]:
    for path in sorted({*before.files, *now.files}):
        if path not in now.files:
            yield f"removed {path}"
        elif path not in before.files:
            yield f"added {path}"
        elif before.files[path] != now.files[path]:
            yield f"changed {path}"


def _line(pack: Pack, lock: Lock) -> str:
    return clean(f"{pack.name} {pack.version}: {lock.revision} is {lock.commit}")


def _configured(session: Session) -> Sequence[Pack]:
    from bizalign_lint.workspace.config import load

    root = find_root(()).path
    session.root = root
    packs = load(root).packs
    if not packs:
        raise NothingToCheckError(
            "the configuration names no packs",
            hint="create one with bizalign-lint pack new, or fetch one with pack add",
        )
    return packs


def _style(session: Session) -> Style:
    return Style(wants_colors(session.color, sys.stdout.isatty(), os.environ))
