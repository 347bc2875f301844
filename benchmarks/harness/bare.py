"""The yardstick: read the YAML files of a folder and turn them into Python values. Nothing else."""

from __future__ import annotations

import os
import sys

import orjson
import ryml


def paths(folder: str) -> list[str]:
    """The YAML files below a folder."""
    found = []
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.name.endswith((".yaml", ".yml")):
                    found.append(entry.path)
    return found


def main() -> None:
    """Read everything, and keep it."""
    values = []
    tree = ryml.Tree()
    buffer = bytearray(1 << 20)
    for path in paths(sys.argv[1]):
        with open(path, "rb", buffering=0) as file:
            content = file.read()
        tree.clear()
        tree.clear_arena()
        ryml.parse_in_arena(content, tree)
        values.append(orjson.loads(ryml.emit_json_in_place(tree, buffer)))


main()
