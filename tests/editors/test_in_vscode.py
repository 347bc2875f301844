"""The built extension in real VS Code, installed as people install it.

``python -m tests.editors.vscode.fetch FOLDER`` fetches VS Code, and ``BIZALIGN_VSCODE=FOLDER`` says
where it is. Needs chromium, and what CONTRIBUTING.md has npm fetch, too. One window serves all
tests: they open one folder after the other in it, and those of one folder build on each other.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint import __version__
from bizalign_lint.editors.schema import entry_schema
from tests.workspace import shipped

from .conftest import fill
from .vscode.session import BROWSER, EXTENSION, PLACE, ROOT, VSCode, until

pytestmark = pytest.mark.skipif(
    not PLACE or BROWSER is None or not EXTENSION.is_file(),
    reason="needs BIZALIGN_VSCODE, chromium and the built extension: see this file's first lines",
)
MISSPELT = (
    "apiVersion: bizalign/v1\r\n"
    "kind: Application\r\n"
    'metadata: {name: till, title: "\N{OK HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5} till", '
    "owner: salse}\r\n"
    "spec:\r\n"
    "  supports: [prising]\r\n"
)
KIOSK = MISSPELT.replace("till", "kiosk").replace("prising", "sell")
TILL, SHOP = "applications/till.yaml", "applications/shop.yaml"
LEFT = [("kiosk.yaml", "MOD109", "salse"), ("till.yaml", "MOD109", "prising")]
"""What is found once the misspelt owner is mended."""
NAME = "bizalign-lint.bizalign-lint"
JUDGING = "bizalign-lint: judging"
SCRIPT = """#!/bin/sh
echo "$@" >>"$(dirname "$0")/starts"
echo $$ >"$(dirname "$0")/pid"
{do}
"""
ACTIONS = 'await run("vscode.executeCodeActionProvider", uri, new vscode.Range(at, at), "quickfix")'
RUN = f'PYTHONPATH={ROOT} exec {sys.executable} -m bizalign_lint "$@"'
LACKS = """echo "error: the language server is not installed" >&2
echo '  install it with: pip install "bizalign-lint[lsp]"' >&2
exit 2"""
PYTHON = f"""#!/bin/sh
# In place of a Python that has packages to install.
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip install /where/it/is[lsp]")
    printf '#!/bin/sh\\n%s\\n' '{RUN}' >.venv/bin/bizalign-lint
    chmod +x .venv/bin/bizalign-lint ;;
  *) exit 1 ;;
esac
"""


def program(home: Path, do: str = RUN) -> Path:
    """Give a folder an environment with a program in it, which notes each of its starts."""
    file = home / ".venv/bin/bizalign-lint"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SCRIPT.format(do=do), "utf-8")
    file.chmod(0o755)
    return file


def model(home: Path) -> Path:
    """Make a folder a model with two findings."""
    fill(home)
    (home / TILL).write_text(MISSPELT, "utf-8", newline="")
    return home


@pytest.fixture(scope="module")
def vscode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VSCode]:
    """One window."""
    pytest.importorskip("pygls", reason="the language server is an extra")
    folder = tmp_path_factory.mktemp("vscode")
    tools = folder / "bin"
    tools.mkdir()
    (tools / "python3").write_text(PYTHON, "utf-8")
    (tools / "python3").chmod(0o755)
    node = Path(shutil.which("node") or "").parent
    environment = {
        "PATH": os.pathsep.join([str(tools), str(node), "/usr/bin", "/bin"]),
        "HOME": str(folder),
        "SHELL": "/bin/sh",
        "LANG": "C.UTF-8",
    }
    with VSCode(folder / "data", environment) as window:
        yield window


@pytest.fixture(scope="module")
def below(vscode: VSCode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model far below the folder that is open."""
    top = tmp_path_factory.mktemp("below").resolve()
    home = model(top / "deep/er/model")
    program(home)
    (home / "units").mkdir()
    (home / "units/kiosk.yaml").write_text(KIOSK, "utf-8", newline="")
    (top / ".vscode").mkdir()
    task = {"type": "bizalign", "name": "lint workspace", "label": "ours"}
    (top / ".vscode/tasks.json").write_text(json.dumps({"version": "2.0.0", "tasks": [task]}))
    vscode.open(top)
    until(lambda: found(vscode))
    return home


def found(vscode: VSCode) -> list[tuple[str, str, str]]:
    """All diagnostics: the file's name, the rule or who speaks, and the text that is underlined.

    Files that are not open stay so: the text is that on disk.
    """
    said = vscode.ask(
        """return vscode.languages.getDiagnostics().flatMap(([uri, told]) => told.map((one) => {
          const { start, end } = one.range;
          const who = one.source === "bizalign-lint" ? one.code.value ?? one.code : one.source;
          return [uri.path, who, start.line, start.character, end.line, end.character];
        }));"""
    )
    return sorted(
        (Path(path).name, who, underlined(Path(path), (line, column), (last, end)))
        for path, who, line, column, last, end in said
    )


def underlined(file: Path, start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text of a range of one line, in the units of the protocol: those of UTF-16."""
    if start[0] != end[0] or not file.exists():
        return ""
    line = file.read_bytes().splitlines()[start[0]].decode().encode("utf-16-le")
    return line[2 * start[1] : 2 * end[1]].decode("utf-16-le")


def asked(vscode: VSCode, file: Path, needle: str, body: str) -> Any:
    """What a function of a file's `document`, its `uri` and the place `at` a text returns."""
    return vscode.ask(
        f"""const uri = vscode.Uri.file({json.dumps(str(file))});
        const document = await vscode.workspace.openTextDocument(uri);
        const at = document.positionAt(document.getText().indexOf({json.dumps(needle)}) + 1);
        const run = vscode.commands.executeCommand;
        {body}"""
    )


def show(vscode: VSCode, file: Path, needle: str) -> None:
    """Open a file with the cursor in a text."""
    body = "await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });"
    asked(vscode, file, needle, body)


def status(vscode: VSCode) -> str:
    """What the item in the status bar says, and says when the mouse is on it."""
    item = "[id='bizalign-lint.bizalign-lint.bizalign']"
    said = vscode.page(
        f'const [one] = await page.locator("{item}").all();'
        "return one ? await one.getAttribute('aria-label') : '';"
    )
    return str(said)


def messages(vscode: VSCode) -> list[str]:
    """The messages that are shown."""
    said = vscode.page(
        "return await page.locator('.notification-toast .notification-list-item-message')"
        ".allInnerTexts();"
    )
    return [str(each) for each in said]


def press(vscode: VSCode, button: str) -> None:
    """Press a button of a message."""
    toast = page_locator(".notification-toast .monaco-button", button)
    vscode.page(f"await {toast}.click();")


def page_locator(selector: str, text: str) -> str:
    """What of the page has a text, as Playwright finds it."""
    return f"page.locator({json.dumps(selector)}, {{ hasText: {json.dumps(text)} }}).first()"


def starts(server: Path) -> list[str]:
    """How a program was started, each time."""
    noted = server.parent / "starts"
    return noted.read_text("utf-8").splitlines() if noted.exists() else []


def test_findings_of_a_model_far_below_the_folder(vscode: VSCode, below: Path) -> None:
    assert found(vscode) == [
        ("kiosk.yaml", "MOD109", "salse"),
        ("till.yaml", "MOD109", "prising"),
        ("till.yaml", "MOD109", "salse"),
    ]


def test_status_item(vscode: VSCode, below: Path) -> None:
    said = until(lambda: status(vscode), lambda text: "3 findings" in text)
    assert f"{below}/.venv/bin/bizalign-lint {__version__}" in said
    assert "model: 6 definitions" in said


def test_hover_lenses_and_hints(vscode: VSCode, below: Path) -> None:
    shop = below / SHOP
    hover = "return (await run('vscode.executeHoverProvider', uri, at))"
    text = asked(vscode, shop, "pricing", hover + ".map((each) => each.contents[0].value).join();")
    assert "Pricing \N{HOT BEVERAGE}" in text
    hints = (
        "return (await run('vscode.executeInlayHintProvider', uri, new vscode.Range(0, 0, 9, 0)))"
    )
    assert "Pricing" in str(asked(vscode, shop, "pricing", hints + ".map((each) => each.label);"))
    lenses = (
        "return (await run('vscode.executeCodeLensProvider', uri, 20)).map((l) => l.command.title);"
    )
    assert "supported by 1 application" in asked(
        vscode, below / "capabilities.yaml", "sell", lenses
    )


def test_a_lens_shows_the_places(vscode: VSCode, below: Path) -> None:
    show(vscode, below / "capabilities.yaml", "pricing")
    vscode.page("await page.getByText('supported by 1 application').first().click();")
    vscode.page(f"await {page_locator('.peekview-widget', 'kiosk.yaml')}.waitFor();")
    vscode.page("await page.keyboard.press('Escape');")


def test_a_mend_makes_its_finding_go(vscode: VSCode, below: Path) -> None:
    mended = asked(
        vscode,
        below / TILL,
        "salse",
        f"""const actions = {ACTIONS};
        await vscode.workspace.applyEdit(actions[0].edit);
        await document.save();
        return [actions[0].title, actions[0].isPreferred];""",
    )
    assert mended[1] is True
    until(lambda: found(vscode), lambda seen: seen == LEFT)


def test_rename_in_all_files(vscode: VSCode, below: Path) -> None:
    named = asked(
        vscode,
        below / SHOP,
        "pricing",
        """const edit = await run("vscode.executeDocumentRenameProvider", uri, at, "prices");
        await vscode.workspace.applyEdit(edit);
        for (const each of vscode.workspace.textDocuments) await each.save();
        const name = (file) => file.path.split("/").pop();
        return edit.entries().map(([file, edits]) => [name(file), edits.length]);""",
    )
    assert sorted(named) == [["capabilities.yaml", 1], ["shop.yaml", 1]]
    assert "supports: [prices]" in (below / SHOP).read_text("utf-8")
    until(lambda: found(vscode), lambda seen: seen == LEFT)


def test_a_snippet_is_accepted_and_filled_in(vscode: VSCode, below: Path) -> None:
    file = below / "applications/new.yaml"
    file.write_text("", "utf-8")
    show(vscode, file, "")
    vscode.page(
        """await page.keyboard.type("Appl");
        const row = page.locator(".suggest-widget .monaco-list-row.focused");
        await row.filter({ hasText: "Application" }).waitFor();
        await page.waitForTimeout(300);
        await page.keyboard.press("Enter");
        await page.waitForTimeout(300);
        await page.keyboard.type("stand");"""
    )
    begin = "apiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: stand\n"
    text = until(
        lambda: asked(vscode, file, "", "return document.getText();"),
        lambda seen: seen.startswith(begin),
    )
    assert "$" not in text
    vscode.command("workbench.action.revertAndCloseActiveEditor")


def test_rule_page_is_rendered(vscode: VSCode, below: Path) -> None:
    show(vscode, below / TILL, "prising")
    vscode.command("bizalign.openRule")
    heading = until(
        lambda: vscode.page(
            """for (const frame of page.frames()) {
              const all = await frame.locator("h1").allInnerTexts().catch(() => []);
              if (all.some((text) => text.includes("MOD109"))) return all;
            }"""
        )
    )
    assert heading[0].startswith("MOD109")


def test_the_chain_follows_the_cursor_and_leads_to_its_definitions(
    vscode: VSCode, below: Path
) -> None:
    boxes = """for (const frame of page.frames()) {
      const all = frame.locator(".definition");
      if (await all.count().catch(() => 0)) %s
    }"""
    titles = boxes % "return await all.locator('title').allTextContents();"
    show(vscode, below / SHOP, "shop")
    vscode.command("bizalign.showChain")
    drawn = until(lambda: vscode.page(titles))
    assert any("Application:default/shop" in title for title in drawn)
    # It may be drawn again at that moment, in a frame of its own.
    click = """{
      const one = all.filter({ hasText: 'Capability:default/pric' }).first();
      if (await one.click({ timeout: 1_000 }).then(() => true, () => false)) return true;
    }"""
    until(lambda: vscode.page(boxes % click))
    where = """const { document, selection } = vscode.window.activeTextEditor ?? {};
    return document && document.uri.path + ": " + document.lineAt(selection.active).text;"""
    line = until(lambda: vscode.ask(where), lambda at: at and "capabilities.yaml" in at)
    assert "pric" in line  # by another name after a rename
    until(lambda: vscode.page(titles), lambda seen: seen and seen != drawn)
    vscode.ask("await vscode.commands.executeCommand('workbench.action.closeOtherEditors')")
    vscode.page("await page.waitForTimeout(100);")


def test_coverage_is_shown_alone(vscode: VSCode, below: Path) -> None:
    vscode.ask("await vscode.commands.executeCommand('workbench.action.terminal.focus')")
    vscode.ask("await vscode.commands.executeCommand('workbench.action.toggleMaximizedPanel')")
    vscode.command("bizalign.showCoverage")
    shown = until(lambda: terminal(vscode), lambda text: "not shown" in text)
    # Long lines are broken.
    assert "Coststhatreachacapability" in re.sub(r"\s", "", shown)
    assert "2 findings not shown" in shown and "MOD109" not in shown
    vscode.ask("await vscode.commands.executeCommand('workbench.action.closePanel')")


def terminal(vscode: VSCode) -> str:
    """What can be read in the terminals."""
    return str(vscode.page("return (await page.locator('.xterm-rows').allInnerTexts()).join();"))


def test_tasks(vscode: VSCode, below: Path) -> None:
    names = vscode.ask(
        "return (await vscode.tasks.fetchTasks({ type: 'bizalign' })).map((task) => task.name);"
    )
    assert sorted(names) == ["coverage", "ours"]
    code = vscode.ask(
        """const ended = new Promise((resolve) => {
          vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
            if (execution.task.name === "ours") resolve(exitCode);
          });
        });
        await vscode.commands.executeCommand("workbench.action.tasks.runTask", "ours");
        return await ended;"""
    )
    assert code == 1


def test_a_moved_and_a_removed_folder_is_noticed(vscode: VSCode, below: Path) -> None:
    """It has been open in no editor, and VS Code reports the folder alone."""

    def where() -> Any:
        body = "filter(([, told]) => told.length).map(([uri]) => uri.path);"
        return vscode.ask(f"return vscode.languages.getDiagnostics().{body}")

    (below / "units").rename(below / "kiosks")
    until(where, lambda seen: str(below / "kiosks/kiosk.yaml") in seen)
    until(where, lambda seen: str(below / "units/kiosk.yaml") not in seen)
    shutil.rmtree(below / "kiosks")
    until(where, lambda seen: not any("kiosk" in path for path in seen))
    until(lambda: status(vscode), lambda text: "model: 5 definitions" in text)


def test_restart_says_that_it_is_judging(vscode: VSCode, below: Path) -> None:
    vscode.page(
        """await page.evaluate(() => {
          window.said = [];
          const look = () => {
            const item = document.querySelector("[id='bizalign-lint.bizalign-lint.bizalign']");
            if (item && said.at(-1) !== item.innerText.trim()) said.push(item.innerText.trim());
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
        });"""
    )
    vscode.command("bizalign.restart")
    said = until(
        lambda: vscode.page("return await page.evaluate(() => said)"),
        lambda seen: JUDGING in seen[:-1],
    )
    assert said[said.index(JUDGING) :] == [JUDGING, "bizalign-lint: 1 finding"]


def test_a_folder_within_a_model(vscode: VSCode, tmp_path: Path) -> None:
    home = model(tmp_path / "whole")
    program(home)
    vscode.open(home / "applications")
    show(vscode, home / TILL, "salse")
    until(lambda: len(found(vscode)) == 2)


def test_without_a_server_one_message_leads_to_it(vscode: VSCode, tmp_path: Path) -> None:
    vscode.settings({"bizalign.server.install": "/where/it/is"})
    home = model(tmp_path / "missing")
    config = (home / ".bizalign.yaml").read_text("utf-8")
    (home / ".bizalign.yaml").unlink()
    vscode.open(home)
    show(vscode, home / SHOP, "shop")
    until(lambda: vscode.ask(f"return vscode.extensions.getExtension('{NAME}').isActive"))
    # Where there is no model there is nothing to say.
    assert (messages(vscode), status(vscode)) == ([], "")
    (home / ".bizalign.yaml").write_text(config, "utf-8")
    (said,) = until(lambda: messages(vscode))
    assert said.startswith("bizalign-lint was not found.")
    assert "bizalign-lint: not installed" in status(vscode)
    press(vscode, "Install")
    until(lambda: len(found(vscode)) == 2)
    until(lambda: status(vscode), lambda text: "2 findings" in text)


def test_a_server_without_its_extra_is_started_once(vscode: VSCode, tmp_path: Path) -> None:
    home = model(tmp_path / "lacking")
    server = program(home, LACKS)
    vscode.open(home)
    (said,) = until(lambda: messages(vscode))
    assert said.startswith(f"{server} is installed without its language server.")
    assert "bizalign-lint: not installed" in status(vscode)
    vscode.page("await page.waitForTimeout(2000);")
    assert starts(server) == ["lsp"]
    assert len(messages(vscode)) == 1
    program(home)
    vscode.command("bizalign.restart")
    until(lambda: len(found(vscode)) == 2)
    assert starts(server) == ["lsp", "lsp"]


def test_a_server_that_fails_says_why_and_can_be_started_again(
    vscode: VSCode, tmp_path: Path
) -> None:
    home = model(tmp_path / "failing")
    server = program(home, "echo 'error: the disk is full' >&2\nexit 2")
    vscode.open(home)
    (said,) = until(lambda: messages(vscode))
    assert said.endswith("language server (exit code 2): error: the disk is full")
    program(home)
    press(vscode, "Restart")
    until(lambda: len(found(vscode)) == 2)
    os.kill(int((server.parent / "pid").read_text()), signal.SIGKILL)
    (said,) = until(lambda: messages(vscode))
    assert said == f"{server} has stopped."
    assert "bizalign-lint: stopped" in status(vscode)
    assert starts(server) == ["lsp", "lsp"]


def test_beside_a_schema_each_mistake_has_one_voice(vscode: VSCode, tmp_path: Path) -> None:
    home = model(tmp_path / "beside")
    program(home)
    (home / ".bizalign.yaml").write_text("select: [model]\n")
    (home / "applications/till.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: till, owner: sales}\n"
        "spec:\n  suports: [pricing]\n  timeClassification: tolerat\n  successor: nothing\n"
    )
    schema = home / ".vscode/bizalign.schema.json"
    schema.parent.mkdir()
    schema.write_text(json.dumps(entry_schema(shipped().ontology)), "utf-8")
    settings = {"yaml.schemas": {".vscode/bizalign.schema.json": ["**/*.yaml"]}}
    (schema.parent / "settings.json").write_text(json.dumps(settings), "utf-8")
    vscode.open(home)
    file = home / TILL
    show(vscode, file, "suports")
    until(lambda: {rule for _, rule, _ in found(vscode)} >= {"MOD109"} and len(found(vscode)) >= 3)
    lines = asked(
        vscode,
        file,
        "",
        "return vscode.languages.getDiagnostics(uri).map((e) => [e.range.start.line, e.source]);",
    )
    ours = [line for line, source in lines if source == "bizalign-lint"]
    theirs = [line for line, source in lines if source != "bizalign-lint"]
    assert (ours, sorted(theirs)) == ([6], [4, 5])
    mends = f"return ({ACTIONS}).map((each) => each.title);"
    assert any("supports" in title for title in asked(vscode, file, "suports", mends))
    assert any("tolerate" in title for title in asked(vscode, file, "tolerat", mends))


def test_what_is_not_trusted_starts_nothing(vscode: VSCode, tmp_path: Path) -> None:
    home = model(tmp_path / "strange")
    server = program(home)
    other = program(tmp_path / "elsewhere")
    (home / ".vscode").mkdir()
    chosen = {"bizalign.server.path": str(other)}
    (home / ".vscode/settings.json").write_text(json.dumps(chosen))
    vscode.settings(
        {
            "security.workspace.trust.enabled": True,
            "security.workspace.trust.startupPrompt": "never",
        }
    )
    vscode.open(home)
    until(lambda: vscode.ask("return !vscode.workspace.isTrusted"))
    vscode.command("bizalign.restart")
    show(vscode, home / TILL, "salse")
    vscode.page("await page.waitForTimeout(3000);")
    assert starts(server) == starts(other) == []
    assert found(vscode) == []
    vscode.command("workbench.trust.manage")
    vscode.page(
        "await page.locator('.workspace-trust-editor').getByText('Trust', { exact: true })"
        ".first().click();"
    )
    until(lambda: len(found(vscode)) == 2)
    # Its settings name no program even then.
    assert (starts(server), starts(other)) == (["lsp"], [])
    assert re.search(r"from the environment \.venv", status(vscode))
