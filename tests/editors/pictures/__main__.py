"""Makes the pictures of the pages anew: ``python -m tests.editors.pictures [NAME …]``.

That of the README is a check of examples/meridian-drift. Each other one is a session of an editor,
set up by our recipe, on a copy of that: keys are typed, and what the terminal then shows is drawn.
It takes tmux, Neovim 0.7 and Emacs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.editors.neovim import ROOT, SERVER

from .svg import picture, wrapped
from .terminal import Terminal

HERE = Path(__file__).parent
FOLDER = ROOT / "docs" / "pictures"
COLUMNS = 100
APPLICATIONS = "technology/applications/connected-products.yaml"


class Scene(NamedTuple):
    """A picture: a place in a file, what is typed there, and what the screen then holds."""

    name: str
    title: str
    rows: int
    path: str
    first: int
    """The line at the top of the screen."""
    at: str
    """What the cursor is on."""
    ready: str
    """What the screen holds as soon as the server has spoken."""
    keys: tuple[str, ...]
    shows: str
    editor: str = "nvim"


SCENES = (
    Scene(
        name="findings",
        title="Neovim: findings beside their lines, and one of them in full",
        rows=17,
        path="change/decisions/0014-containers-in-plants.yaml",
        first=1,
        at="spec:",
        ready="without a rationale",
        keys=("]d",),
        shows="(drivers: Only supported technology)",
    ),
    Scene(
        name="hover",
        title="Neovim: what a reference leads to",
        rows=30,
        path=APPLICATIONS,
        first=64,
        at="usage-based-billing",
        ready="2 towers",
        keys=("K",),
        shows="Tier: strategic",
    ),
    Scene(
        name="completion",
        title="Neovim: completion of a reference, with titles",
        rows=20,
        path=APPLICATIONS,
        first=64,
        at="usage-based-billing",
        ready="2 towers",
        keys=("ci]", "<C-x>", "<C-o>"),
        shows="Strategic planning",
    ),
    Scene(
        name="fixing",
        title="Neovim: what can be done about a finding",
        rows=24,
        path="subsidiaries/kryos/kryos.yaml",
        first=33,
        at="lifecylce",
        ready="did you mean",
        keys=("gra",),
        shows="1: Rename it",
    ),
    Scene(
        name="emacs",
        title="Emacs: who refers to a capability that a finding is about",
        rows=24,
        path="business/capabilities/lifecycle-service.yaml",
        first=44,
        at="usage-based-billing",
        ready="!",
        keys=("<M-?>", "<C-a>"),
        shows="business/organization",
        editor="emacs",
    ),
)
CHECK = "check"
CHECKED = ("check", "examples/meridian-drift", "--select", "BAS101,DIS104")
CHECK_TITLE = "A strategic capability without a lasting application, and half an assessment"


def check() -> str:
    """The picture of the README: what a check prints, in colours."""
    found = subprocess.run(
        [SERVER[0], *CHECKED, "--color", "always"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    prompt = f"\x1b[90m$\x1b[m bizalign-lint {' '.join(CHECKED)}\n"
    return picture(wrapped(prompt + found.stdout, COLUMNS), COLUMNS, CHECK_TITLE)


def main() -> None:
    """Make all of them."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    if not wanted or CHECK in wanted:
        (FOLDER / f"{CHECK}.svg").write_text(check(), "utf-8")
    for scene in SCENES:
        if wanted and scene.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            captured = capture(scene, Path(folder).resolve())
        path = FOLDER / f"{scene.name}.svg"
        path.write_text(picture(captured, COLUMNS, scene.title), "utf-8")


def capture(scene: Scene, temp: Path) -> str:
    """What the terminal shows at the end of a scene, with its colours."""
    workspace = temp / "meridian"
    shutil.copytree(ROOT / "examples" / "meridian-drift", workspace)
    command = {"nvim": _neovim, "emacs": _emacs}[scene.editor](scene)
    terminal = Terminal(temp / "tmux", workspace, (COLUMNS, scene.rows), *command)
    try:
        terminal.wait(scene.ready)
        for keys in scene.keys:
            terminal.type(keys)
            terminal.wait("")
        terminal.wait(scene.shows)
        return terminal.screen(colors=True)
    finally:
        terminal.close()


def _neovim(scene: Scene) -> list[str]:
    setup = f"lua require('bizalign_lint').setup({{cmd = {{'{SERVER[0]}', 'lsp'}}}})"
    return [
        *("nvim", "--clean", "--cmd", f"set rtp^={ROOT / 'editors' / 'neovim'}"),
        *("-S", str(HERE / "looks.vim"), "-c", setup, "-c", f"edit {scene.path}"),
        *("-c", f"normal! {scene.first}Gzt", "-c", f"call search('{scene.at}')"),
    ]


def _emacs(scene: Scene) -> list[str]:
    go = f'(progn (goto-line {scene.first}) (recenter 0) (search-forward "{scene.at}"))'
    return [
        *(
            "emacs",
            "-nw",
            "-q",
            "-L",
            str(ROOT / "editors" / "emacs"),
            "-l",
            str(HERE / "looks.el"),
        ),
        *("--eval", f'(setq exec-path (cons "{Path(SERVER[0]).parent}" exec-path))'),
        *("--eval", f'(find-file "{scene.path}")', "--eval", go),
    ]


if __name__ == "__main__":
    main()
