"""Other tools' files in a real editor: findings in them, ways into them, and no edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.neovim import Neovim, needs_neovim
from tests.editors.test_neovim import CODES, FLOATING, NAME, PLACES, READY
from tests.landscape.test_archimate import NATIVE

SERVICE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Store
spec:
  type: service
  lifecycle: production
"""
TABLE = "Application,Business criticality,Status\nTill,Mission critical,In use\n"
OURS = """\
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: renew, title: Renew}
spec:
  changes:
    - application: component:default/store
    - application: till
    - application: ea/web-shop
"""
FILES = {
    ".bizalign.yaml": "asOf: 2026-06-30\nselect: [MOD101, MOD106]\nsources:\n"
    "  - {read: catalog-info.yaml, as: backstage}\n  - {read: apps.csv, as: applications}\n"
    "  - {read: m.archimate, as: archimate, namespace: ea}\n",
    "catalog-info.yaml": SERVICE,
    "apps.csv": TABLE,
    "m.archimate": NATIVE,
    "ours.yaml": OURS,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def neovim(workspace: Path, tmp_path: Path) -> Iterator[Neovim]:
    with Neovim(workspace, tmp_path.resolve()) as editor:
        yield editor


pytestmark = [pytest.mark.process, needs_neovim]


@pytest.mark.parametrize(
    ("path", "right", "wrong", "place"),
    [
        ("catalog-info.yaml", "production", "Productive", [7, 14, "MOD106"]),
        ("apps.csv", "In use", "Idle", [2, 23, "MOD106"]),
        ("m.archimate", 'id="c2"', 'id="c1"', None),
    ],
    ids=["YAML", "CSV", "XML"],
)
def test_a_finding_comes_and_goes_where_people_edit(
    path: str, right: str, wrong: str, place: list[object] | None, neovim: Neovim
) -> None:
    neovim.edit(path)
    neovim.until(READY, False)
    neovim.keys(f":%s/{right}/{wrong}/<CR>")
    neovim.until(CODES, ["MOD106"] if place else ["MOD101"])
    if place:
        neovim.until(PLACES, [place])
    neovim.lua("(function() vim.ui.select = function(i, _, choose) choose(i[1], 1) end end)()")
    wrongly = "\n".join(neovim.lines())
    neovim.lua("vim.lsp.buf.code_action()")
    neovim.lua("vim.wait(500)")
    assert "\n".join(neovim.lines()) == wrongly
    neovim.keys("u")
    neovim.until(CODES, [])


@pytest.mark.parametrize(
    ("word", "file", "line", "title"),
    [
        ("store", "catalog-info.yaml", 4, "Store"),
        ("till", "apps.csv", 2, "Till"),
        ("web-shop", "m.archimate", 11, "Web shop"),
    ],
)
def test_our_yaml_leads_into_it(
    word: str, file: str, line: int, title: str, neovim: Neovim
) -> None:
    neovim.edit("ours.yaml")
    neovim.until(READY, False)
    assert neovim.lua(f"vim.fn.search([[\\V{word}]], 'w')") > 0
    neovim.keys("K")
    neovim.until(f"({FLOATING}):find('{title}', 1, true) ~= nil", True)
    neovim.keys("<Esc>gd")
    neovim.until(NAME, file)
    assert neovim.lua("vim.api.nvim_win_get_cursor(0)[1]") == line
