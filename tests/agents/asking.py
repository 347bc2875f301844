"""Calls of tools, in process and without the protocol."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from bizalign_lint.agents.desk import Desk
from bizalign_lint.agents.forms import answered
from bizalign_lint.agents.tool import Write
from bizalign_lint.agents.tools import Reply, all_tools, call

MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: claims, title: Claims handling, description: To pay what is due.}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: it}  # bought in 2019
spec: {supports: [claims], components: [windows]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: windows, title: Windows, owner: it}
spec: {category: software}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: it, title: IT, description: Runs what others need.}
spec: {}
"""


class Agent:
    """Somebody who calls tools of one workspace, one after the other."""

    def __init__(self, root: Path, write: Write | None = None) -> None:
        self.root = root
        self.tools = all_tools(write)
        self.desk = Desk(str(root))

    def reply(self, name: str, **arguments: Any) -> Reply:
        """What a call is answered with, held against the schema that the tool declares."""
        reply = call(self.tools[name], self.desk, arguments)
        if not reply.is_error:
            _validator(self.tools[name].form).validate(reply.value)
        return reply

    def ask(self, name: str, **arguments: Any) -> dict[str, Any]:
        """An answer that is no error."""
        reply = self.reply(name, **arguments)
        assert not reply.is_error, reply.value
        return reply.value

    def data(self, name: str, **arguments: Any) -> Any:
        """The data of an answer."""
        return self.ask(name, **arguments)["data"]

    def error(self, name: str, **arguments: Any) -> str:
        """The message of an answer that is an error, with its hint."""
        reply = self.reply(name, **arguments)
        assert reply.is_error, reply.value
        said = reply.value["error"]
        return f"{said['message']} ({said['hint']})" if said["hint"] else str(said["message"])

    def edit(self, path: str, **how: Any) -> dict[str, Any]:
        """What a proposal for one file is answered with; its present state is filled in."""
        write = how.pop("write", False)
        edit = {"path": path, **how}
        if "sha256" not in edit and (self.root / path).is_file():
            edit["sha256"] = digest(self.root / path)
        found: dict[str, Any] = self.data("propose_edit", edits=[edit], write=write)
        return found


@cache
def _validator(form: str) -> Any:
    return jsonschema.Draft202012Validator(answered(form))


def digest(path: Path) -> str:
    """What a file is known by."""
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()


def workspace(root: Path, files: Mapping[str, str] | str = MODEL) -> Path:
    """A workspace with some files; one text alone is ``model.yaml``."""
    if isinstance(files, str):
        files = {"model.yaml": files}
    for name, text in {".bizalign.yaml": "asOf: 2026-06-30\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    return root


def tree(root: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def refused(answer: Mapping[str, Any]) -> list[str]:
    """The codes of what is said against a proposal."""
    assert (answer["verdict"] == "refused") == bool(answer["objections"])
    return [one["code"] for one in answer["objections"]]
