"""Whether a tag may be released: a tag → an exit code, and what is wrong.

The package, the extension and the changelog have to be of its version, every version that the
documentation names has to exist as a tag, and every rule has to be in the list of ids.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ci.named import all_wrong

ROOT = Path(__file__).parent.parent


def wrong(tag: str, root: Path = ROOT) -> Iterator[str]:
    """What is not as the tag says."""
    version = tag.removeprefix("v")
    package = (root / "bizalign_lint" / "__init__.py").read_text("utf-8")
    said = re.search(r'^__version__ = "(.*)"', package, re.MULTILINE)
    if said is None or said[1] != version:
        yield f"the package has the version {said and said[1]}, not {version}"
    extension = json.loads((root / "editors/vscode/package.json").read_text("utf-8"))["version"]
    if extension != version:
        yield f"the extension has the version {extension}, not {version}"
    changes = (root / "CHANGELOG.md").read_text("utf-8")
    if not re.search(
        rf"^## \[?{re.escape(version)}\]? - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE
    ):
        yield f"CHANGELOG.md has no section ## {version} - YYYY-MM-DD"
    listed = (root / "tests/rules/ids.txt").read_text("utf-8").split()
    for file in sorted((root / "rules").rglob("*.yaml")):
        found = re.search(r"^id: ([A-Z]{3}\d{3})$", file.read_text("utf-8"), re.MULTILINE)
        if found is not None and found[1] not in listed:
            yield f"{found[1]} is not in tests/rules/ids.txt"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("name the tag: python3 -m ci.release v0.1.0")
    sys.exit("\n".join((*wrong(sys.argv[1]), *all_wrong())) or 0)
