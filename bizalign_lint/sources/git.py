"""A git command → what it prints. Nothing else in the package starts a program.

The folder that is asked about is not trusted: what it holds is input, git's own configuration
included. It has no say in what is started, fetched or shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bizalign_lint.core.errors import BizalignError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

PATIENCE = 120.0
"""Seconds that a git command may take."""

_OPTIONS = (
    # Only what is in a .git folder is a repository, not a folder of ordinary files that looks so.
    "safe.bareRepository=explicit",
    # Programs that a repository's configuration may name.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "log.showSignature=false",
    # What the answers would else depend on.
    "core.quotePath=false",
    "diff.relative=false",
    f"diff.orderFile={os.devnull}",
    "diff.renameLimit=1000",
    "log.showRoot=true",
    "submodule.recurse=false",
)

_ENVIRONMENT = {
    # An object that is missing is missing: no remote is asked, by whatever program it names.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}

_DROPPED = frozenset(f"GIT_{how}_PATHSPECS" for how in ("GLOB", "ICASE", "LITERAL", "NOGLOB"))
"""The variables that change what a path means."""

_LOCAL = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
"""The variables that tie git to one repository (``git rev-parse --local-env-vars``)."""


def git(root: str, *arguments: str, given: bytes = b"", index: str = "") -> bytes | None:
    """What a git command prints when it is given some input; with ``index``, of that index.

    None when it fails or there is no git.
    """
    done = ask(root, arguments, given, index)
    return None if done is None else done.stdout


def ask(
    root: str, arguments: Iterable[str], given: bytes = b"", index: str = ""
) -> CompletedProcess[bytes] | None:
    """What a git command answers about the repository of a folder, None when it fails.

    Raises BizalignError when it does not end.
    """
    # A hook's environment names the repository, relative to where the hook runs.
    environment = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    if index:
        environment["GIT_INDEX_FILE"] = index
    return _run(root, arguments, environment, given)


def fetch(folder: str, address: str, revision: str) -> str:
    """Fetch one commit of a repository elsewhere into a new one of ours, in an empty folder.

    Returns what git complains of; empty when the commit is there, as ``FETCH_HEAD``. Only encrypted
    transports and local files are used, as whom the user's own configuration says; nothing is
    checked out, and no submodule is followed. Raises BizalignError when it does not end.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    trusted = tuple(one for one in _OPTIONS if not one.startswith("credential."))
    for arguments in (
        ("init", "--quiet", "--template="),
        (
            *("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules"),
            *("--end-of-options", address, revision),
        ),
    ):
        done = _start(folder, arguments, environment, b"", trusted, _REMOTE)
        if done is None:
            return "git is not installed"
        if done.returncode:
            return done.stderr.decode(errors="replace").strip() or "git gives no reason"
    return ""


_REMOTE = {"GIT_ALLOW_PROTOCOL": "file:https:ssh"}


def git_around(*arguments: str) -> bytes | None:
    """What a git command prints about the repository that the environment means, as in a hook."""
    done = _run(os.getcwd(), arguments, dict(os.environ), b"")
    return None if done is None else done.stdout


def program() -> str | None:
    """The git of the path; never one that lies in the folder that happens to be the current one."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        file = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    return None


def look_alike(root: str) -> str | None:
    """The folder that git, asked about a folder, would take for a repository without a work tree.

    It may be one, bare or the inside of a .git folder, or ordinary files that look so: which of
    them, only git could say.
    """
    for folder in _upwards(root):
        names = {name for name in _PARTS if os.path.exists(os.path.join(folder, name))}
        if ".git" in names:
            return None
        if "HEAD" in names and ("commondir" in names or {"objects", "refs"} <= names):
            return folder
    return None


_PARTS = (".git", "HEAD", "commondir", "objects", "refs")


def _upwards(root: str) -> Iterable[str]:
    folder, below = os.path.realpath(root), ""
    while folder != below:
        yield folder
        folder, below = os.path.dirname(folder), folder


def _run(
    folder: str, arguments: Iterable[str], environment: dict[str, str], given: bytes
) -> CompletedProcess[bytes] | None:
    # git before 2.38 does not know safe.bareRepository.
    if "GIT_DIR" not in environment and look_alike(folder) is not None:
        return None
    done = _start(folder, arguments, environment, given)
    return None if done is None or done.returncode else done


def _start(
    folder: str,
    arguments: Iterable[str],
    environment: dict[str, str],
    given: bytes,
    options: tuple[str, ...] = _OPTIONS,
    more: Mapping[str, str] = MappingProxyType({}),
) -> CompletedProcess[bytes] | None:
    """How a git command ended; None when it could not be started."""
    import subprocess

    found = program()
    if found is None:
        return None
    told = [word for option in options for word in ("-c", option)]
    asked = list(arguments)
    kept = {key: value for key, value in environment.items() if key not in _DROPPED}
    try:
        return subprocess.run(
            [found, "--no-pager", *told, *asked],
            cwd=folder,
            env={**kept, **_ENVIRONMENT, **more},
            check=False,
            input=given,
            capture_output=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise BizalignError(
            f"{folder}: git {asked[0]} did not answer within {PATIENCE:g} seconds",
            hint=f"see what `git {asked[0]}` does there: a pipe among the files or an unreachable "
            "disk may block it",
        ) from None
    except OSError:
        return None
