"""A git command → its output. Nothing else in the package starts a program.

The folder that git runs in is not trusted. Everything in it is input, including git's own
configuration: nothing there may decide what is started, fetched or shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bizalign_lint.core.errors import BizalignError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

TIMEOUT = 120.0
"""The longest time that a git command may take, in seconds."""

_OPTIONS = (
    # Only a .git folder makes a repository, not ordinary files that look like one.
    "safe.bareRepository=explicit",
    # Programs that a repository's configuration may name.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "log.showSignature=false",
    # Settings that would change the output.
    "core.quotePath=false",
    "diff.relative=false",
    f"diff.orderFile={os.devnull}",
    "diff.renameLimit=1000",
    "log.showRoot=true",
    "submodule.recurse=false",
)

_ENVIRONMENT = {
    # A missing object is not fetched from a remote, whose configuration may name a program.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}

_DROPPED = frozenset(f"GIT_{how}_PATHSPECS" for how in ("GLOB", "ICASE", "LITERAL", "NOGLOB"))
"""The variables that change the meaning of paths."""

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
    """The output of a git command with some input; with ``index``, for that index file.

    None if the command fails or git is not installed. Raises BizalignError if it takes too long.
    """
    done = ask(root, arguments, given, index)
    return None if done is None else done.stdout


def ask(
    root: str, arguments: Iterable[str], given: bytes = b"", index: str = ""
) -> CompletedProcess[bytes] | None:
    """The result of a git command in the repository of a folder; None if it fails.

    Raises BizalignError if it takes too long.
    """
    # A hook's environment names the repository, relative to where the hook runs.
    environment = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    if index:
        environment["GIT_INDEX_FILE"] = index
    return _run(root, arguments, environment, given)


def fetch(folder: str, address: str, revision: str) -> str:
    """Fetch one commit of a remote repository into a new repository in an empty folder.

    Returns git's error message; empty if the commit was fetched, as ``FETCH_HEAD``. Only https, ssh
    and local files are used, with the user's own credentials; nothing is checked out, and no
    submodule is followed. Raises BizalignError if it takes too long.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    trusted = tuple(option for option in _OPTIONS if not option.startswith("credential."))
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


def git_in_environment(*arguments: str) -> bytes | None:
    """The output of a git command in the repository that the environment names, as in a hook."""
    done = _run(os.getcwd(), arguments, dict(os.environ), b"")
    return None if done is None else done.stdout


def program() -> str | None:
    """The git on the path; never one in the current folder, which the path may name as well."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        file = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    return None


def look_alike(root: str) -> str | None:
    """The folder, upwards from a folder, that git would take for a repository without a work tree.

    It may be a bare repository, the inside of a .git folder, or ordinary files laid out like one:
    only git could tell them apart.
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
    # git before 2.38 ignores safe.bareRepository.
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
    """The completed process of a git command; None if it could not be started."""
    import subprocess

    found = program()
    if found is None:
        return None
    configured = [word for option in options for word in ("-c", option)]
    words = list(arguments)
    kept = {key: value for key, value in environment.items() if key not in _DROPPED}
    try:
        return subprocess.run(
            [found, "--no-pager", *configured, *words],
            cwd=folder,
            env={**kept, **_ENVIRONMENT, **more},
            check=False,
            input=given,
            capture_output=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise BizalignError(
            f"{folder}: git {words[0]} did not answer within {TIMEOUT:g} seconds",
            hint=f"run `git {words[0]}` there: a named pipe among the files or an unreachable disk "
            "may block it",
        ) from None
    except OSError:
        return None
