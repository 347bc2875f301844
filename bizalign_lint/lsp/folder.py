"""One workspace as the server keeps it: its set-up, its files, and what is open of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bizalign_lint.core.errors import BizalignError, ConfigError, reason
from bizalign_lint.core.today import today
from bizalign_lint.core.types import Finding, Flaw, Location, Source, places
from bizalign_lint.findings.baseline import match
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.incremental.model import LiveModel
from bizalign_lint.incremental.rules import IsOver
from bizalign_lint.lsp.setup import Mark, Setup, concerns, mark, read_setup
from bizalign_lint.lsp.setup_files import role
from bizalign_lint.sources.disk import Found, belongs, discover
from bizalign_lint.sources.listing import SUFFIXES, select_files
from bizalign_lint.sources.read import Files
from bizalign_lint.sources.roots import CONFIG_NAME

Result = TypeVar("Result")


class Folder:
    """A workspace; without a configuration anywhere above it, possibly one file ``alone``."""

    def __init__(self, root: str, alone: str | None = None) -> None:
        self.root = root
        self.alone = alone
        self.setup_error: BizalignError | None = None
        """What is wrong with the set-up as it is on disk; the last good one is then in force."""
        self.findings: Sequence[Finding] = ()
        self.nested: Sequence[str] = ()
        """The folders below that are workspaces of their own, as seen from the root."""
        self._setup: Setup | None = None
        self._mark: Mark = frozenset()
        self._model: LiveModel | None = None
        self._disk: dict[str, Source] = {}
        self._unreadable: Sequence[Flaw] = ()
        self._buffers: dict[str, Source] = {}
        self._changed: dict[str, None] = {}
        """The paths whose content the model does not know yet."""

    def relative(self, path: str) -> str | None:
        """A path as seen from the root; None when it is not below it."""
        prefix = os.path.join(self.root, "")
        return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None

    def concerns_setup(self, path: str) -> bool:
        """Whether a change of that file is a change of the set-up."""
        return concerns(path, self._setup.own if self._setup is not None else frozenset())

    def is_of_another_day(self) -> bool:
        """Whether the set-up is in force for a day that is over."""
        setup = self._setup
        return setup is not None and setup.config.as_of is None and setup.day != today()

    def has_other_setup(self) -> bool:
        """Whether the set-up has changed on disk, or may have because it could not be read."""
        return self.setup_error is not None or self._mark != self._mark_now()

    def _mark_now(self) -> Mark:
        return mark(self.root, self._setup.own if self._setup is not None else ())

    def may_read(self, path: str) -> bool:
        """Whether a file is, or may be, one of the model; or a folder has such, or has had."""
        if path.endswith(SUFFIXES) or path in self._disk or self._setup is None:
            return True
        below = f"{path}/"
        if os.path.isdir(os.path.join(self.root, path)):
            return True
        return self._setup.config.also.match(path) or any(
            f"{known}/".startswith(below) for known in (*self._disk, *self._setup.own, *self.nested)
        )

    def is_current(self, path: str) -> bool:
        """Whether a file is open, or is on disk what is known of it; if nothing is, not there."""
        if path in self._buffers:
            return True
        known = self._disk.get(path)
        if known is None:
            return not os.path.lexists(os.path.join(self.root, path))
        return self._read(path) == known.content

    def open(self) -> None:
        """Read the set-up and all files again."""
        try:
            self._setup = read_setup(self.root)
            self.setup_error = None
        except BizalignError as error:
            self.setup_error = error
        except OSError as error:
            why = reason(error)
            self.setup_error = ConfigError(f"the set-up cannot be read: {why}")
        self._mark = self._mark_now()
        if self._setup is None:
            return
        self._model = None
        found = self.found()
        if found is not None:
            self._take(found)

    def found(self) -> Found | None:
        """What is on disk now; None if that is unknown. Safe to be called in a thread."""
        assert self._setup is not None
        config = self._setup.config
        if self.alone is not None:
            content = self._read(self.alone)
            sources = [Source(self.alone, content)] if content is not None else []
            return Found(sources, [], nested=[], skipped=[], outside=[])
        try:
            return discover(self.root, config.include, config.exclude, self._setup.own, config.also)
        except BizalignError as error:
            self.setup_error = error
            return None

    @property
    def is_set_up(self) -> bool:
        """Whether there is a set-up in force."""
        return self._setup is not None

    def look(self, found: Found | None) -> bool:
        """Take over what has been found on disk; whether anything is different."""
        if found is None:
            return True
        before = len(self._changed)
        unreadable = self._unreadable
        self._take(found)
        return len(self._changed) > before or unreadable != self._unreadable

    def look_at(self, path: str) -> bool:
        """Look again at one known file; False when it takes a look at the whole folder."""
        content = self._read(path)
        known = self._disk.get(path)
        if known is None or content is None:
            return False
        if known.content != content:
            self._disk[path] = Source(path, content)
            self._changed[path] = None
        return True

    def put(self, path: str, content: bytes | None) -> None:
        """What the editor has of a file in place of what is on disk; None: it has closed it."""
        if content is None:
            self._buffers.pop(path, None)
            self.look_at(path)
        else:
            self._buffers[path] = Source(path, content)
        self._changed[path] = None

    def source(self, path: str) -> Source | None:
        """A file as it is in the editor, else on disk."""
        return self._buffers.get(path) or self._disk.get(path)

    def unsaved_setup(self) -> Iterator[tuple[Source, str]]:
        """The open files of the set-up that are not saved as they are, each with its role."""
        config = self._setup.config if self._setup is not None else None
        for path, source in sorted(self._buffers.items()):
            said = role(path, config)
            if said is not None and self._read(path) != source.content:
                yield source, said

    def setup_role(self, path: str) -> str | None:
        """Which file of the set-up one is; None for any other."""
        return role(path, self._setup.config if self._setup is not None else None)

    def advance(self, is_over: IsOver) -> bool:
        """Do a part of the judging; False when the time was over before all was judged."""
        model = self._current()
        return model is None or self._whole(partial(model.advance, is_over))

    def judge(self) -> Sequence[Finding]:
        """The findings of the command line if all buffers were saved, each place by itself."""
        model = self._current()
        if model is not None and self._setup is not None:
            found = self._whole(model.judge)
            known = self._setup.known
            self.findings = (
                match(known, found, model.graph.title_of).new if known else tuple(places(found))
            )
        return self.findings

    def snapshot(self) -> Snapshot | None:
        """The state of the workspace; None while it has never had a good set-up."""
        model = self._current()
        if model is None or self._setup is None:
            return None
        setup = self._setup
        return Snapshot(
            Path(self.root),
            setup.loaded,
            setup.settings,
            model.sources,
            model.documents,
            model.graph,
            self.findings,
            model.unjudged_of,
            self._try_out,
            [flaw.place.path for flaw in self._unreadable if isinstance(flaw.place, Location)],
        )

    def _try_out(self, changes: Mapping[str, Source]) -> Sequence[Finding]:
        """What would be found if these files were like that; nothing is different afterwards."""
        model = self._current()
        if model is None:
            return ()
        before = {path: model.sources.get(path) for path in changes}

        def tried() -> Sequence[Finding]:
            model.change(changes)
            found = model.judge()
            model.change(before)
            return found

        return self._whole(tried) if changes else self._whole(model.judge)

    def _current(self) -> LiveModel | None:
        setup = self._setup
        if setup is None:
            return None
        if self._model is None or self._model.unreadable != self._unreadable:
            self._changed.clear()
            self._model = LiveModel(
                setup.loaded, setup.settings, self._sources().values(), self._unreadable
            )
        elif self._changed:
            changes = {path: self._effective(path) for path in self._changed}
            self._changed.clear()
            self._whole(partial(self._model.change, changes))
        return self._model

    def _whole(self, do: Callable[[], Result]) -> Result:
        """Do something with the model; a model that has failed half-way is rebuilt."""
        try:
            return do()
        except Exception:
            self._model = None
            raise

    def _sources(self) -> Mapping[str, Source]:
        paths = sorted({*self._disk, *self._buffers})
        found = ((path, self._effective(path)) for path in paths)
        return {path: source for path, source in found if source is not None}

    def _effective(self, path: str) -> Source | None:
        buffer = self._buffers.get(path)
        if buffer is None or not (path in self._disk or self._would_be_read(path)):
            return self._disk.get(path)
        return buffer

    def _would_be_read(self, path: str) -> bool:
        """Whether a file that is not on disk would be one of the model if it were saved."""
        if self._setup is None or os.path.lexists(os.path.join(self.root, path)):
            return False
        config = self._setup.config
        if self.alone is not None:
            return path == self.alone
        if belongs(path, self._setup.own):
            return False

        def is_home(folder: str) -> bool:
            return os.path.isfile(os.path.join(self.root, folder, CONFIG_NAME))

        return bool(
            select_files([path], is_home, config.include, config.exclude, config.also).paths
        )

    def _take(self, found: Found) -> None:
        disk = {source.path: source for source in found.sources}
        for path in {*disk, *self._disk}:
            old, new = self._disk.get(path), disk.get(path)
            if old is None or new is None or old.content != new.content:
                self._changed[path] = None
            else:
                disk[path] = old
        self._disk = disk
        self._unreadable = found.flaws
        self.nested = found.nested

    def _read(self, path: str) -> bytes | None:
        try:
            return Files(self.root).read(path)
        except OSError:
            return None
