"""``python -m bizalign_lint``."""

from __future__ import annotations

from bizalign_lint.cli import main

if __name__ == "__main__":
    main()
