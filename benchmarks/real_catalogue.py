#!/usr/bin/env python3
"""Check a real capability map: ``python benchmarks/real_catalogue.py [FOLDER] [--language CODE]``.

The map is the catalogue of the package turbo-ea-capabilities (in the extra ``bench``): 9,697
capabilities of many industries, written by people who never saw our rules. It is the work of
Vincent Verdet, Turbo EA, under CC BY 4.0; the model that is written says so, and what was changed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from workload.emit import document

PACKAGE = "turbo_ea_capabilities"
NOTICE = """\
{attribution}
({url}), version {version}.

Changed: the capabilities are written as definitions of bizalign-lint, one file for each of the
first level. What is in scope and what is not has become part of the description. Processes, value
streams and the groups above the first level are left out.
"""


def catalogue(name: str) -> Any:
    """One of the package's JSON files. Raises ModuleNotFoundError where it is not installed."""
    return json.loads(resources.files(PACKAGE).joinpath("data", f"{name}.json").read_text("utf-8"))


def model(capabilities: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The files of the model, one for each capability of the first level."""
    belonging = defaultdict(list)
    for capability in capabilities:
        belonging[capability["id"].partition(".")[0]].append(capability)
    for members in belonging.values():
        top = members[0]  # they are sorted by id
        texts = map(document, map(definition, members))
        yield f"{slug(top['industry'])}/{top['id'].lower()}.yaml", "---\n".join(texts)


def definition(capability: dict[str, Any]) -> dict[str, Any]:
    """A capability of the catalogue as one of ours."""
    spec: dict[str, Any] = {"level": capability["level"]}
    if capability["parent_id"] is not None:
        spec["parent"] = capability["parent_id"].lower()
    metadata: dict[str, Any] = {
        "name": capability["id"].lower(),
        "title": capability["name"],
        "description": description(capability),
        "labels": {"industry": capability["industry"]},
    }
    if references := capability.get("references"):
        metadata["links"] = [{"url": url} for url in references]
    return {
        "apiVersion": "bizalign/v1",
        "kind": "Capability",
        "metadata": metadata,
        "spec": spec,
    }


def description(capability: dict[str, Any]) -> str:
    """What the catalogue says of a capability, on one line."""
    said = [" ".join(capability["description"].split())]
    for key, words in (("in_scope", "In scope"), ("out_of_scope", "Out of scope")):
        if capability.get(key):
            said.append(f"{words}: {'; '.join(capability[key])}.")
    return " ".join(said)


def slug(text: str) -> str:
    """A name for a file."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def translated(capabilities: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The same in another language; what was not translated keeps its English words."""
    if language == catalogue("locales")["default"]:
        return capabilities
    words = catalogue(f"i18n/{language}")
    known = ("name", "description", "in_scope", "out_of_scope")
    return [
        capability | {k: v for k, v in words.get(capability["id"], {}).items() if k in known}
        for capability in capabilities
    ]


def write(folder: Path, language: str = "en") -> int:
    """Write the model into a folder, and how many capabilities it has."""
    capabilities, version = translated(catalogue("capabilities"), language), catalogue("version")
    for path, text in model(capabilities):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    said = NOTICE.format(
        attribution=version["attribution"],
        url=version["license_url"],
        version=version["catalogue_version"],
    )
    (folder / "NOTICE").write_text(said, encoding="utf-8")
    (folder / ".bizalign.yaml").write_text("{}\n", encoding="utf-8")
    return len(capabilities)


def main() -> int:
    """Write it, check it, and let the check say what it finds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", help="keep the model here")
    parser.add_argument("--language", default="en", help="a language of the package's translations")
    arguments = parser.parse_args()
    folder: Path | None = arguments.folder
    with tempfile.TemporaryDirectory(prefix="bizalign-catalogue-") as temporary:
        home = (folder or Path(temporary)).resolve()
        try:
            count = write(home, arguments.language)
        except ModuleNotFoundError:
            parser.error("the catalogue is not installed: pip install -e '.[bench]'")
        print((home / "NOTICE").read_text("utf-8"))
        print(f"{count:,} capabilities:", flush=True)
        command = [sys.executable, "-m", "bizalign_lint", "check", "--statistics"]
        return subprocess.run(command, cwd=home, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
