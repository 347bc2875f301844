"""Where a rule is explained: the address that an editor can open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bizalign_lint.core import shipped as resources
from bizalign_lint.ide.snapshot import Snapshot

_FOLDER = os.path.join("docs", "rules")
"""Where ``bizalign-lint docs`` writes pages, below the root of a workspace or of a checkout."""


def pages(snapshot: Snapshot) -> Callable[[str], str | None]:
    """From a rule's id to the URI of its page; without one, of the file that the rule is in."""

    def address(rule: str) -> str | None:
        known = snapshot.loaded.rules.rules.get(rule)
        if known is None:
            return None
        for root in (str(snapshot.root), resources.ROOT):
            page = os.path.join(root, _FOLDER, f"{rule}.md")
            if os.path.isfile(page):
                return Path(page).as_uri()
        file = os.path.join(snapshot.root, known.document.source.path)
        return Path(file).as_uri() if os.path.isfile(file) else None

    return address
