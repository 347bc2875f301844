"""Packs as Python packages: found by metadata, and never run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import Call

from .test_packs import EXAMPLE, PARTS

METADATA = "[console_scripts]\nx = x:main\n\n[bizalign_lint.packs]\n{} = {}\nbad = ../../etc\n"


def install(home: Path, name: str = "resilience", module: str = "resilience_pack") -> Path:
    """As pip would: the package, and what it says of itself."""
    package = home.joinpath(*module.split("."))
    package.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (EXAMPLE / part).is_dir() else shutil.copy
        copy(EXAMPLE / part, package / part)
    (package / "__init__.py").write_text("raise SystemExit('code of a pack was run')\n")
    about = home / f"{module}-1.0.0.dist-info"
    about.mkdir()
    (about / "entry_points.txt").write_text(METADATA.format(name, module), encoding="utf-8")
    return package


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where packages are installed, and a workspace that names one."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    usual = sysconfig.get_path
    here = {"purelib": str(folder), "platlib": str(folder)}
    monkeypatch.setattr(sysconfig, "get_path", lambda name: here.get(name) or usual(name))
    shutil.copytree(EXAMPLE / "example", tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    text = (tmp_path / "ws" / ".bizalign.yaml").read_text("utf-8")
    (tmp_path / "ws" / ".bizalign.yaml").write_text(text.replace("[..]", "[resilience]"))
    return folder


def test_its_data_is_in_force_and_its_code_is_not_run(home: Path, call: Call) -> None:
    install(home)
    code, out, err = call("check", "--quiet")
    assert (code, err) == (1, "")
    assert [line.split()[1] for line in out.splitlines()] == ["error[RES101]", "error[RES102]"]
    assert call("rule", "test", "--own")[1] == "2 rules: 7 passed, 0 failed\n"
    assert call("pack", "list")[1].endswith("resilience_pack, installed\n")


def test_a_package_may_have_it_further_in(home: Path, call: Call) -> None:
    install(home, module="talbus.packs.resilience")
    assert call("check", "--quiet")[0] == 1


def test_what_lies_in_the_current_folder_is_not_installed(
    home: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(Path.cwd())
    monkeypatch.syspath_prepend(str(Path.cwd()))
    code, _, err = call("check")
    assert code == 2
    assert err.startswith(".bizalign.yaml:2:9: error: no pack resilience is installed")


def test_what_is_wrong_with_a_package(home: Path, call: Call) -> None:
    package = install(home)
    pack = package / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("resilience", "other"), encoding="utf-8")
    assert "but its pack.yaml says other" in call("check")[2]
    shutil.rmtree(package)
    code, _, err = call("check")
    assert code == 2
    assert "is installed without its files" in err
    install(home, module="another_pack")
    assert "two packs called resilience are installed" in call("check")[2]


def test_links_out_of_a_package_are_not_followed(home: Path, call: Call, tmp_path: Path) -> None:
    package = install(home)
    (tmp_path / "secret.yaml").write_text("password: hunter2\n", encoding="utf-8")
    (package / "rules" / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    code, _, err = call("check")
    assert code == 2
    assert "hunter2" not in err


@pytest.mark.process
@pytest.mark.slow
def test_pip_installs_the_example(tmp_path: Path) -> None:
    """As its pyproject.toml says; without a build backend at hand there is nothing to try."""
    pytest.importorskip("hatchling")
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("there is no pip")
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target"]
    subprocess.run([*pip, "install", *options, str(tmp_path), str(EXAMPLE)], check=True)
    (about,) = tmp_path.glob("*.dist-info")
    assert "resilience = resilience_pack" in (about / "entry_points.txt").read_text("utf-8")
    there = {path.name for path in (tmp_path / "resilience_pack").iterdir()}
    assert there == {*PARTS}
