#!/usr/bin/env python3
"""Write a model of any size: ``python benchmarks/generate.py FOLDER --documents 10000``.

The same size gives the same files, byte for byte. Every built-in rule is satisfied on the day that
the model's ``.bizalign.yaml`` names; with ``--flawed`` every tenth document has a finding.
"""

from __future__ import annotations

import argparse
import os

from workload.model import model


def write(folder: str, documents: int, flawed: bool = False) -> None:
    """Write a model into a folder."""
    known: set[str] = set()
    for path, text in model(documents, flawed):
        full = os.path.join(folder, path)
        home = os.path.dirname(full)
        if home not in known:
            os.makedirs(home, exist_ok=True)
            known.add(home)
        with open(full, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("--documents", type=int, default=200, help="how many (200)")
    parser.add_argument("--flawed", action="store_true", help="every tenth has a finding")
    arguments = parser.parse_args()
    write(arguments.folder, arguments.documents, arguments.flawed)


if __name__ == "__main__":
    main()
