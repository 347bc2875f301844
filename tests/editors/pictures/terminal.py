"""A terminal of our own, in which an editor runs."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds; what takes longer than that hangs."""


class Terminal:
    """A tmux that nobody else's settings reach."""

    def __init__(self, socket: Path, folder: Path, size: tuple[int, int], *command: str) -> None:
        self._socket = str(socket)
        columns, rows = size
        self._tmux(
            *("-f", os.devnull, "set-option", "-g", "default-terminal", "tmux-256color", ";"),
            *("new-session", "-d", "-s", "picture", "-c", str(folder)),
            *("-x", str(columns), "-y", str(rows), *command),
            *(
                ";",
                "set-option",
                "-g",
                "status",
                "off",
                ";",
                "set-option",
                "-sg",
                "escape-time",
                "0",
            ),
        )

    def type(self, keys: str) -> None:
        """Type keys; ``<C-x>`` and its like are one, and the rest is typed as it stands."""
        literal = [] if keys.startswith("<") else ["-l"]
        self._tmux(
            "send-keys", "-t", "picture", *literal, keys.strip("<>") if not literal else keys
        )

    def screen(self, *, colors: bool = False) -> str:
        """What it shows."""
        return self._tmux("capture-pane", "-t", "picture", "-p", *(["-e", "-N"] if colors else []))

    def wait(self, text: str) -> None:
        """Wait until it shows a text, and then until it shows nothing new."""
        end, before = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            now = self.screen()
            if text in now and now == before:
                return
            before = now
            time.sleep(0.5)
        raise AssertionError(f"not shown: {text}\n{before}")

    def close(self) -> None:
        """End it, and what runs in it."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "COLORTERM": "truecolor",
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout
