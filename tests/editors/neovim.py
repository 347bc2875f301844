"""A headless Neovim, driven from outside: keys are typed, and Lua is asked what there is to see."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SERVER = [str(Path(sys.executable).with_name("bizalign-lint")), "lsp"]
PATIENCE = 60.0
"""Seconds; what takes longer than that hangs."""

NVIM = os.environ.get("BIZALIGN_NVIM") or shutil.which("nvim")
needs_neovim = pytest.mark.skipif(NVIM is None, reason="Neovim is not installed")


class Neovim:
    """An editor in a folder, set up by our recipe and by nothing else.

    ``options`` are those of the recipe; a command that is None is left to it.
    """

    def __init__(self, folder: Path, temp: Path, **options: object) -> None:
        self.folder = folder
        self._socket = str(temp / "nvim.sock")
        self._answer = temp / "answer.json"
        own = {f"XDG_{name}_HOME": str(temp / name) for name in ("CONFIG", "DATA", "STATE")}
        options = {"cmd": SERVER, **options}
        setup = json.dumps({name: value for name, value in options.items() if value is not None})
        self._process = subprocess.Popen(
            [
                *(NVIM or "nvim", "--headless", "--clean", "--listen", self._socket),
                *("--cmd", f"set rtp^={ROOT / 'editors' / 'neovim'}"),
                *("-c", f"lua require('bizalign_lint').setup(vim.fn.json_decode([==[{setup}]==]))"),
            ],
            cwd=folder,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait(lambda: os.path.exists(self._socket), "the editor does not start")

    def __enter__(self) -> Neovim:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._remote("--remote-send", "<C-\\><C-n>:qa!<CR>")
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)

    def edit(self, path: str) -> None:
        """Open a file."""
        self.lua(f"vim.cmd('edit {path}')")

    def keys(self, keys: str) -> None:
        """Type keys, in Neovim's notation."""
        self._remote("--remote-send", keys)

    def lua(self, code: str) -> Any:
        """The value of a Lua expression."""
        # Through a file: Neovim 0.7 cuts long answers short.
        self._answer.unlink(missing_ok=True)
        asked = json.dumps(f"vim.fn.json_encode({{ ({code}) }})")
        said = self._remote(
            "--remote-expr", f"writefile([luaeval({asked})], {json.dumps(str(self._answer))})"
        )
        assert self._answer.exists(), f"{code}: {said}"
        values = json.loads(self._answer.read_bytes())
        return values[0] if values else None

    def until(self, code: str, wanted: object) -> None:
        """Wait until a Lua expression has a value."""
        seen: list[object] = [None]

        def is_so() -> bool:
            seen[0] = self.lua(code)
            return bool(seen[0] == wanted)

        try:
            self._wait(is_so, code)
        except AssertionError:
            raise AssertionError(f"{code}: {seen[0]!r}, not {wanted!r}") from None

    def lines(self) -> Sequence[str]:
        """The text of the buffer."""
        found: list[str] = self.lua("vim.api.nvim_buf_get_lines(0, 0, -1, false)")
        return found

    def _wait(self, condition: Any, otherwise: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, otherwise
            assert self._process.poll() is None, "the editor has ended"
            time.sleep(0.05)

    def _remote(self, *arguments: str) -> str:
        done = subprocess.run(
            [NVIM or "nvim", "--headless", "--server", self._socket, *arguments],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout + done.stderr
