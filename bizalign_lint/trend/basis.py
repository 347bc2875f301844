"""The basis of measurements: the rules, schemas and configuration of the work tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from bizalign_lint import __version__
from bizalign_lint.core import shipped
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Place, Source
from bizalign_lint.engine.load import Loaded
from bizalign_lint.sources.history import Commit
from bizalign_lint.sources.revision import Revision, read_revision
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.setup_files import own_files


class Basis(NamedTuple):
    """The present set-up of a workspace, by which all revisions are measured."""

    root: str
    """The absolute path of the workspace."""
    config: Config
    settings: Settings
    loaded: Loaded

    def sources(self, commit: Commit) -> list[Source]:
        """The model files of a commit, by the present configuration."""
        config = self.config
        revision = Revision(self.root, commit.id, commit.id)
        own = own_files(config)
        return read_revision(revision, config.include, config.exclude, own, config.also).sources

    def digest(self) -> str:
        """A hash of everything that figures depend on, except for the tree and the day."""
        settings, config = self.settings, self.config
        found = sha256(__version__.encode())
        sources = [
            *(*shipped.schemas(), *shipped.vocabularies(), *shipped.languages(), *shipped.rules()),
            *shipped.mappings().values(),
            *(*settings.schemas, *settings.rules),
        ]
        for source in sources:
            found.update(len(source.content).to_bytes(8, "big") + source.content)
        rest = settings._replace(as_of=date.min, schemas=(), rules=(), thresholds=None, only=None)
        said = (rest, config.include, config.exclude, config.also, sorted(own_files(config)))
        found.update(repr(_plain(said)).encode())
        return found.hexdigest()[:32]


def _plain(value: Any) -> Any:
    """A part of the configuration as plain values, which are the same in every process."""
    if isinstance(value, Globs):
        return value.patterns
    if isinstance(value, Place):
        return ""
    if isinstance(value, Mapping):
        return sorted((str(name), _plain(held)) for name, held in value.items())
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return [*map(_plain, value)] if isinstance(value, (tuple, list)) else value
