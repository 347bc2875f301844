"""Other people's checkers, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.runner import ROOT


def checked(program: str, *arguments: str) -> None:
    """Let a program check files of the repository; skip where it is missing."""
    own = Path(sys.executable).with_name(program)
    path = str(own) if own.exists() else shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [path, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
