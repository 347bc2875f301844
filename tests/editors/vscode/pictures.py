"""Make the pictures of VS Code anew: ``python -m tests.editors.vscode.pictures``.

Needs what tests/editors/test_in_vscode.py needs, ``BIZALIGN_VSCODE`` included.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from .session import EXTENSION, PLACE, ROOT, VSCode, until

FOLDER = ROOT / "docs/pictures"
EXAMPLE = ROOT / "examples/meridian-drift"
SETTINGS = {
    "breadcrumbs.enabled": False,
    "editor.fontFamily": "DejaVu Sans Mono",
    "editor.fontSize": 13,
    "editor.minimap.enabled": False,
    "editor.scrollBeyondLastLine": True,
    "explorer.compactFolders": False,
    "window.commandCenter": False,
    "window.menuBarVisibility": "hidden",
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": False,
}
QUIET = "page.waitForTimeout(1500)"


class Scene(NamedTuple):
    """A picture: of which file, with the cursor where, and what is done there."""

    name: str
    title: str
    file: str
    cursor: str
    """A text of the file; the cursor is behind it."""
    commands: tuple[str, ...]
    """Of VS Code, one after the other."""
    waits: str
    """A selector of what has to be there in the end, in the page or a frame of it."""
    keys: str = ""
    """What is typed before the commands."""
    height: int = 460


SCENES = (
    Scene(
        "vscode",
        "VS Code: findings in the text and listed, with what belongs to them; above a definition, "
        "what refers to it and what it costs",
        "business/capabilities/lifecycle-service.yaml",
        "name: usage-b",
        ("workbench.actions.view.problems", "workbench.action.focusActiveEditorGroup"),
        ".markers-panel .monaco-list-row",
        height=760,
    ),
    Scene(
        "vscode-mend",
        "VS Code: what can be done about a review that is overdue",
        "technology/applications/sales.yaml",
        "reviewedOn: 2026-0",
        ("editor.action.quickFix",),
        ".action-widget .monaco-list-row",
    ),
    Scene(
        "vscode-completion",
        "VS Code: what a property may refer to, with titles",
        "technology/applications/sales.yaml",
        "supports: [customer-relationship-management, demand-generation",
        (),
        ".suggest-widget .monaco-list-row",
        keys=", prod",
    ),
    Scene(
        "vscode-rule",
        "VS Code: the page of a rule beside a finding of it",
        "business/capabilities/lifecycle-service.yaml",
        "name: usage-b",
        ("bizalign.openRule",),
        "h1",
        height=620,
    ),
)
"""Of the example, each when the one before has been left."""


def main() -> int:
    """Open the example and take each picture."""
    if not PLACE or not EXTENSION.is_file():
        print("needs BIZALIGN_VSCODE and the built extension")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        workspace = folder / EXAMPLE.name
        shutil.copytree(EXAMPLE, workspace)
        server = folder / "bin/bizalign-lint"
        server.parent.mkdir()
        server.write_text(
            f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m bizalign_lint "$@"\n', "utf-8"
        )
        server.chmod(0o755)
        environment = {**os.environ, "PATH": f"{server.parent}:{os.environ['PATH']}"}
        with VSCode(folder / "data", environment, SETTINGS) as window:
            window.open(workspace)
            until(lambda: window.ask("return vscode.languages.getDiagnostics().length"))
            for scene in SCENES:
                take(window, workspace, scene)
    shutil.copy(FOLDER / "vscode.png", EXTENSION.parent / "picture.png")
    return 0


def take(window: VSCode, workspace: Path, scene: Scene) -> None:
    """Prepare a scene and take its picture."""
    window.page(f"await page.setViewportSize({{ width: 1180, height: {scene.height} }});")
    window.ask(
        f"""await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        const uri = vscode.Uri.file({json.dumps(str(workspace / scene.file))});
        const document = await vscode.workspace.openTextDocument(uri);
        const cursor = {json.dumps(scene.cursor)};
        const at = document.positionAt(document.getText().indexOf(cursor) + cursor.length);
        const selection = new vscode.Range(at, at);
        const editor = await vscode.window.showTextDocument(uri, {{ selection, preview: false }});
        editor.revealRange(new vscode.Range(at.translate(-6), at), 3);"""
    )
    # Lenses, where there is one to see, are the last to be drawn.
    window.page(
        """await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
        const lens = page.locator(".codelens-decoration a").first();
        await lens.waitFor({ timeout: 5000 }).catch(() => undefined);"""
    )
    if scene.keys:
        window.page(f"await page.keyboard.type({json.dumps(scene.keys)});")
    for command in scene.commands:
        window.command(command)
        window.page(f"await {QUIET};")
    shot = FOLDER / f"{scene.name}.png"
    until(
        lambda: window.page(
            f"""for (const frame of page.frames()) {{
              if (await frame.locator({json.dumps(scene.waits)}).first().isVisible()) return true;
            }}"""
        )
    )
    window.page(
        f"""await {QUIET};
        await page.screenshot({{ path: {json.dumps(str(shot))} }});
        await page.keyboard.press("Escape");"""
    )
    for command in ("workbench.action.files.revert", "workbench.action.closePanel"):
        window.ask(f"await vscode.commands.executeCommand({json.dumps(command)})")


if __name__ == "__main__":
    sys.exit(main())
