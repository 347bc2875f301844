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

    def add(self, path: str) -> Folder:
        """The workspace of a folder that the editor has open."""
        root = configured(path) or path
        self._asked[path] = root
        return self._folder(root)

    def remove(self, path: str) -> Folder | None:
        """The editor has closed a folder; its workspace, if nothing else needs it."""
        root = self._asked.pop(path, None)
        if root is None or root in self._asked.values():
            return None
        return self._folders.pop(root, None)

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
