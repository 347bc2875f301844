"""The language server in a real editor, by the recipe in editors/neovim."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editors.neovim import SERVER, Neovim, needs_neovim

CODES = "vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))"
PLACES = (
    "vim.tbl_map(function(d) return {d.lnum + 1, d.col + 1, d.code} end, vim.diagnostic.get(0))"
)
CLIENTS = "#vim.lsp.get_active_clients()"
OFFERED = "vim.tbl_map(function(i) return i.word end, vim.fn.complete_info({'items'}).items)"
FLOATING = """table.concat(vim.tbl_flatten(vim.tbl_map(function(w)
  return vim.api.nvim_win_get_config(w).relative == '' and {}
    or vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(w), 0, -1, false)
end, vim.api.nvim_list_wins())), '\\n')"""
NAME = "vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':t')"
READY = "vim.tbl_isempty(vim.lsp.buf_get_clients(0))"


def opened(neovim: Neovim, path: str, at: str) -> None:
    """Open a file, and put the cursor on the first place that holds a text."""
    neovim.edit(path)
    neovim.until(READY, False)
    # The server has answered once when it tells of a mistake that we make and take back.
    neovim.keys("ggO{<Esc>")
    neovim.until(f"#({CODES}) > 0", True)
    neovim.keys("u")
    neovim.until(f"#({CODES})", 0)
    assert neovim.lua(f"vim.fn.search([[\\V{at}]], 'w')") > 0


def test_breakage_in_another_file_comes_and_goes(neovim: Neovim) -> None:
    neovim.edit("applications/shop.yaml")
    neovim.edit("teams.yaml")
    neovim.keys(":%s/name: sales/name: marketing/<CR>")
    neovim.until(CODES, ["MOD109"])
    neovim.edit("applications/shop.yaml")
    neovim.until(PLACES, [[5, 10, "MOD109"]])
    neovim.keys(":b teams.yaml<CR>u")
    neovim.until(CODES, [])
    neovim.edit("applications/shop.yaml")
    neovim.until(CODES, [])


def test_breakage_shows_in_files_that_are_not_open(neovim: Neovim) -> None:
    neovim.edit("teams.yaml")
    neovim.keys(":%s/name: sales/name: marketing/<CR>")
    count = "#vim.diagnostic.get(nil)"
    neovim.until(count, 4)
    neovim.keys("u")
    neovim.until(count, 0)


def test_completion_offers_what_fits_and_is_not_there_yet(neovim: Neovim) -> None:
    opened(neovim, "applications/shop.yaml", "[pricing")
    neovim.keys("f]i, <C-x><C-o>")
    neovim.until(OFFERED, ["sell"])
    neovim.keys("<C-y><Esc>")
    neovim.until("vim.fn.getline('.')", "  supports: [pricing, sell]")


def test_a_completion_with_a_place_to_fill_in(neovim: Neovim) -> None:
    """From 0.11 on there is a list to write in; others are sent no places."""
    opened(neovim, "applications/shop.yaml", "supports")
    if neovim.lua("vim.fn.has('nvim-0.11')"):
        neovim.keys("o<Esc>0Di  c<C-x><C-o>")
        neovim.until(f"#({OFFERED}) > 1", True)
        neovim.until(f"({OFFERED})[2]", "components")
        neovim.keys("<C-n>")
        neovim.until("vim.fn.complete_info({'selected'}).selected", 1)
        neovim.keys("<C-y>")
        neovim.until("vim.fn.getline('.')", "  components: []")
        neovim.keys("database<Esc>")
        neovim.until("vim.fn.getline('.')", "  components: [database]")
    else:
        neovim.keys("o<Esc>0Di  compone<C-x><C-o>")
        neovim.until("vim.fn.getline('.')", "  components: ")


def test_completion_shows_titles(neovim: Neovim) -> None:
    opened(neovim, "applications/shop.yaml", "[pricing")
    neovim.keys("ci]<C-x><C-o>")
    menu = "vim.tbl_map(function(i) return i.menu end, vim.fn.complete_info({'items'}).items)"
    neovim.until(menu, ["Selling", "Pricing ☕"])


def test_definition_is_in_another_file(neovim: Neovim) -> None:
    opened(neovim, "applications/shop.yaml", "pricing")
    neovim.keys("gd")
    neovim.until(NAME, "capabilities.yaml")
    assert neovim.lua("vim.api.nvim_win_get_cursor(0)[1]") == 8
    assert neovim.lua("vim.fn.expand('<cword>')") == "pricing"


def test_references_are_listed(neovim: Neovim) -> None:
    opened(neovim, "capabilities.yaml", "pricing")
    neovim.keys("grr")
    found = "vim.tbl_map(function(q) return {q.lnum, q.col} end, vim.fn.getqflist())"
    neovim.until(
        f"vim.tbl_contains(vim.tbl_map(vim.inspect, {found}), vim.inspect({{7, 14}}))", True
    )


def test_hover_says_what_it_is(neovim: Neovim) -> None:
    opened(neovim, "applications/shop.yaml", "pricing")
    neovim.keys("K")
    neovim.until(f"({FLOATING}):find('Pricing ☕', 1, true) ~= nil", True)


def test_lens_lists_what_it_stands_for(neovim: Neovim) -> None:
    opened(neovim, "capabilities.yaml", "name: pricing")
    lenses = "#vim.tbl_filter(function(l) return l.command ~= nil end, vim.lsp.codelens.get(0))"
    neovim.until(f"{lenses} > 0", True)
    neovim.lua("(function() vim.ui.select = function(i, _, choose) choose(i[1], 1) end end)()")
    neovim.keys("kkgrl")
    neovim.until(
        "vim.tbl_map(function(q) return vim.fn.bufname(q.bufnr) end, vim.fn.getqflist())",
        ["applications/shop.yaml"],
    )


def test_rename_reaches_every_file(neovim: Neovim, workspace: Path) -> None:
    """A column after a character of two UTF-16 units is where it belongs."""
    opened(neovim, "capabilities.yaml", "sales")
    neovim.lua("vim.lsp.buf.rename('sales-and-marketing')")
    neovim.until(
        "vim.fn.getline(3)", "metadata: {name: sell, title: Selling, owner: sales-and-marketing}"
    )
    neovim.keys(":wall<CR>")
    neovim.until(
        "#vim.tbl_filter(function(b) return vim.bo[b].modified end, vim.api.nvim_list_bufs())", 0
    )
    assert "title: Pricing ☕, owner: sales-and-marketing}" in (
        workspace / "capabilities.yaml"
    ).read_text("utf-8")
    team = (workspace / "teams.yaml").read_text("utf-8")
    assert "{name: sales-and-marketing, title: Sales, owner: sales-and-marketing}" in team
    assert "  owner: sales-and-marketing\n" in (workspace / "applications/shop.yaml").read_text()
    done = subprocess.run([SERVER[0], "check"], cwd=workspace, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_rename_is_refused_where_it_would_clash(neovim: Neovim) -> None:
    opened(neovim, "applications/shop.yaml", "pricing")
    neovim.lua("vim.lsp.buf.rename('sell')")
    neovim.until("vim.api.nvim_exec('messages', true):find('sell') ~= nil", True)
    assert neovim.lua("vim.fn.getline('.')") == "  supports: [pricing]"


def test_code_action_fixes_the_finding(neovim: Neovim) -> None:
    """A near miss is mended by the first thing offered."""
    opened(neovim, "applications/shop.yaml", "pricing")
    neovim.keys("ciwpricng<Esc>")
    neovim.until(CODES, ["MOD109"])
    neovim.lua(
        "(function() vim.ui.select = function(items, _, choose) choose(items[1], 1) end end)()"
    )
    neovim.keys("gra")
    neovim.until("vim.fn.getline('.')", "  supports: [pricing]")
    neovim.until(CODES, [])


@needs_neovim
def test_other_yaml_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "elsewhere"
    folder.mkdir()
    (folder / "values.yaml").write_text("replicas: 2\n")
    with Neovim(folder, tmp_path.resolve()) as neovim:
        neovim.edit("values.yaml")
        neovim.until("vim.bo.filetype", "yaml")
        assert neovim.lua(CLIENTS) == 0


@needs_neovim
def test_structure_can_be_left_to_another_server(workspace: Path, tmp_path: Path) -> None:
    text = (workspace / "teams.yaml").read_text() + "colour: red\n"
    (workspace / "teams.yaml").write_text(text.replace("owner: sales", "owner: nobody"))
    with Neovim(workspace, tmp_path.resolve(), structure=False) as neovim:
        neovim.edit("teams.yaml")
        neovim.until(CODES, ["MOD109"])


def bring_along(workspace: Path, environment: str, started: Path) -> None:
    """Put a program into the workspace that leaves a trace, and is the server otherwise."""
    own = workspace / environment / "bin" / "bizalign-lint"
    own.parent.mkdir(parents=True)
    own.write_text(f'#!/bin/sh\ntouch {started}\nexec {sys.executable} -m bizalign_lint "$@"\n')
    own.chmod(0o755)


@needs_neovim
@pytest.mark.parametrize("environment", [".venv", "venv"])
@pytest.mark.parametrize(
    "trusted", [None, ["~/elsewhere", "{workspace}-of-mine", "{workspace}/below"]]
)
def test_what_a_clone_brings_along_is_not_started(
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: str,
    trusted: list[str] | None,
) -> None:
    """The server is that of the path, unless the folder is trusted; one like it is not it."""
    started = tmp_path / "started"
    bring_along(workspace, environment, started)
    names = [name.format(workspace=workspace) for name in trusted or ()]
    for name in names[1:]:
        Path(name).mkdir()
    monkeypatch.setenv("PATH", f"{Path(SERVER[0]).parent}:{os.environ['PATH']}")
    with Neovim(workspace, tmp_path.resolve(), cmd=None, trusted=names or None) as neovim:
        neovim.edit("teams.yaml")
        neovim.until(READY, False)
        neovim.keys(":%s/name: sales/name: marketing/<CR>")
        neovim.until(CODES, ["MOD109"])
    assert not started.exists()


@needs_neovim
@pytest.mark.parametrize("name", ["workspace", ".", "link"])
def test_the_linter_of_a_trusted_workspace_is_preferred(
    workspace: Path, tmp_path: Path, name: str
) -> None:
    """Trusted is the workspace or a folder above it, also by way of a link."""
    started = tmp_path / "started"
    bring_along(workspace, ".venv", started)
    (tmp_path / "link").symlink_to(workspace)
    trusted = [str(tmp_path / name)]
    with Neovim(workspace, tmp_path.resolve(), cmd=None, trusted=trusted) as neovim:
        neovim.edit("teams.yaml")
        neovim.until(READY, False)
        neovim.until(f"vim.fn.filereadable('{started}')", 1)


def test_nothing_is_written_from_what_was_there_before_a_pull(
    neovim: Neovim, workspace: Path
) -> None:
    """Somebody pulls in another terminal; Neovim on Linux watches no files."""
    opened(neovim, "capabilities.yaml", "pricing")
    shop = workspace / "applications" / "shop.yaml"
    pulled = "# Pulled meanwhile.\n" * 4 + shop.read_text("utf-8")
    shop.write_text(pulled, "utf-8")
    neovim.lua("vim.lsp.buf.rename('prices')")
    neovim.until("vim.fn.getline('.')", "metadata: {name: prices, title: Pricing ☕, owner: sales}")
    neovim.keys(":wall<CR>")
    neovim.edit("applications/shop.yaml")
    neovim.until("vim.fn.getline(11)", "  supports: [prices]")
    text = "table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')"
    assert neovim.lua(text) == pulled.replace("pricing", "prices").rstrip("\n")


def test_what_newer_versions_do_when_they_are_asked_to(neovim: Neovim) -> None:
    if not neovim.lua("vim.fn.has('nvim-0.11')"):
        pytest.skip("Neovim is older than 0.11")
    opened(neovim, "applications/shop.yaml", "[pricing")
    shown = "vim.lsp.inlay_hint.get({bufnr = 0})"
    hints = f"vim.tbl_map(function(h) return h.inlay_hint.label end, {shown})"
    neovim.until(hints, ["Pricing ☕"])
    shown = (
        "vim.diagnostic.config(nil, vim.lsp.diagnostic.get_namespace(vim.lsp.get_clients()[1].id))"
    )
    assert neovim.lua(f"{shown}.virtual_text")
    neovim.keys("f]i, <C-x><C-o>")
    neovim.until(OFFERED, ["sell"])
