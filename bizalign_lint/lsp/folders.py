"""The workspaces that the server has open, and which of them a file belongs to."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bizalign_lint.lsp.folder import Folder
from bizalign_lint.sources.roots import configured


class Folders:
    """Opened as the editor names them, or as files of them are opened."""

    def __init__(self) -> None:
        self._asked: dict[str, str] = {}
        """Each folder that the editor has open → the root of its workspace."""
        self._folders: dict[str, Folder] = {}
        """By root; a file on its own, by its path."""

    def __iter__(self) -> Iterator[Folder]:
        return iter(tuple(self._folders.values()))

    def add(self, path: str) -> list[Folder]:
        """The workspaces of a folder that the editor has open: its own and all that are below."""
        root = configured(path) or path
        self._asked[path] = root
        return [*self._from(root)]

    def remove(self, path: str) -> list[Folder]:
        """The editor has closed a folder; its workspaces, if nothing else needs them."""
        root = self._asked.pop(path, None)
        if root is None:
            return []
        gone = (known for known in self._folders if _is_within(known, root))
        return [self._folders.pop(known) for known in [*gone] if not self._is_asked(known)]

    def again(self) -> tuple[list[Folder], list[Folder]]:
        """Other folders have a configuration now: the workspaces that are new, and the former."""
        known = set(self)
        current = {folder for root in {*self._asked.values()} for folder in self._from(root)}
        former = [
            root
            for root, folder in self._folders.items()
            if folder not in current and folder.alone is None and configured(root) != root
        ]
        return [*current - known], [self._folders.pop(root) for root in former]

    def _from(self, root: str) -> Iterator[Folder]:
        folder = self._folder(root)
        yield folder
        for below in folder.nested:
            yield from self._from(os.path.join(root, below))

    def _is_asked(self, root: str) -> bool:
        return any(_is_within(root, asked) for asked in self._asked.values())

    def of(self, path: str) -> Folder:
        """The workspace of a file that the editor has open.

        It is the one of the nearest configuration upwards; else of the innermost open folder; else
        the file stands alone.
        """
        root = configured(os.path.dirname(path)) or max(
            (asked for asked in self._asked if path.startswith(os.path.join(asked, ""))),
            key=len,
            default=None,
        )
        if root is not None:
            return self._folder(root)
        if path not in self._folders:
            self._folders[path] = Folder(os.path.dirname(path), os.path.basename(path))
            self._folders[path].open()
        return self._folders[path]

    def holding(self, path: str) -> Iterator[Folder]:
        """The open workspaces that a file on disk may be part of."""
        return (folder for folder in self if folder.relative(path) is not None)

    def forget_alone(self, path: str) -> Folder | None:
        """A file that stood alone has been closed."""
        return self._folders.pop(path, None)

    def _folder(self, root: str) -> Folder:
        if root not in self._folders:
            self._folders[root] = Folder(root)
            self._folders[root].open()
        return self._folders[root]


def _is_within(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))
