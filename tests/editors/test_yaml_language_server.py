"""The editor schema in the real yaml-language-server, oldest and newest, without a screen."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.editors.schema import entry_schema
from bizalign_lint.engine.load import load
from bizalign_lint.parsing.documents import parse
from tests.editors.client import WAIT, Client

HERE = Path(__file__).parent
MODULES = Path(os.environ.get("BIZALIGN_NODE_MODULES", HERE / "node_modules"))
"""Where the servers are; see package.json."""
EXAMPLES = HERE.parent.parent / "examples"
OWN = EXAMPLES / "own-kinds"
VERSIONS = ("1.18", "1.25")


class Said(NamedTuple):
    """A message, and where it begins, counted from 1."""

    line: int
    column: int
    message: str


def _said(diagnostic: Any) -> Said:
    start = diagnostic["range"]["start"]
    return Said(start["line"] + 1, start["character"] + 1, diagnostic["message"])


class Editor:
    """An editor with a server and the schema, in a workspace that is empty."""

    def __init__(self, client: Client, root: Path) -> None:
        self.client = client
        self.root = root
        self._number = 0

    def file(self) -> Path:
        """The name of a file that was not there before."""
        self._number += 1
        return self.root / "model" / f"{self._number}.yaml"

    def said(self, *texts: str) -> list[list[Said]]:
        """What is said of texts; of all at once, as the server takes its time before it speaks."""
        files = [self.file() for _ in texts]
        for file, text in zip(files, texts, strict=True):
            self.client.open(file, text)
        told = [self.client.diagnostics(file) for file in files]
        for file in files:
            self.client.close(file)
        return [[_said(diagnostic) for diagnostic in each] for each in told]

    def offered(self, text: str) -> dict[str, dict[str, Any]]:
        """What is offered where ``|`` stands in a text, by label."""
        before, after = text.split("|", 1)
        file = self.file()
        self.client.open(file, before + after)
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        found = self.client.at("completion", file, line, character)
        self.client.close(file)
        items = found["items"] if isinstance(found, dict) else found
        assert len({item["label"] for item in items}) == len(items), "each is offered once"
        return {item["label"]: item for item in items}

    def explained(self, text: str) -> str:
        """What is told of the place that ``|`` stands before."""
        before, after = text.split("|", 1)
        file = self.file()
        self.client.open(file, before + after)
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        found = self.client.at("hover", file, line, character)
        self.client.close(file)
        return str(found["contents"]["value"]) if found else ""


@contextmanager
def served(command: list[str], root: Path, schema: Path) -> Iterator[Client]:
    """A server that uses a schema for the files of the model, and for nothing else."""
    yaml = {
        "schemas": {schema.as_uri(): "model/*.yaml"},
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
    }
    with Client(command, root, {"yaml": yaml, "http": {}, "editor": {}, "[yaml]": {}}) as client:
        assert client.has_asked.wait(WAIT), "it would not know the schema yet"
        yield client


def server(version: str) -> list[str]:
    """The command of a server; the test is skipped where it is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on the path")
    found = MODULES / f"yaml-language-server-{version}" / "bin" / "yaml-language-server"
    if not found.is_file():
        pytest.skip(f"yaml-language-server is not in {MODULES}: npm ci --prefix tests/editors")
    return [node, str(found), "--stdio"]


@pytest.fixture(scope="module", params=VERSIONS)
def editor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Editor]:
    command = server(request.param)
    root = tmp_path_factory.mktemp("workspace")
    own = [Source(str(path), path.read_bytes()) for path in (OWN / "schemas").glob("*.yaml")]
    schema = root / "bizalign.schema.json"
    schema.write_text(json.dumps(entry_schema(load(own).ontology)), encoding="utf-8")
    with served(command, root, schema) as client:
        yield Editor(client, root)


def test_valid_examples_show_nothing(editor: Editor) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("meridian", "own-kinds/model")
        for path in sorted((EXAMPLES / folder).rglob("*.yaml"))
        if parse(Source(str(path), path.read_bytes())).documents
    ]
    assert len(texts) > 40
    shown = [e for kind in load().ontology.kinds.values() for e in kind.schema["examples"]]
    texts.append("\n---\n".join(json.dumps(example, ensure_ascii=False) for example in shown))
    assert [said for said in editor.said(*texts) if said] == []


MODEL = """\
apiVersion: bizalign/v1
kind: Application
metadata:
  name: order-hub
  title: Order hub
  tags: [orders, web]
  links: [{url: "https://example.org"}]
spec:
  supports: [order-management]
  lifecycle: {active: 2026-03-01}
  timeClassification: invest
  functionalFit: 4
  successor: order-hub-2
  allocations:
    - {to: order-management, share: 100}
---
apiVersion: bizalign/v1
kind: Objective
metadata:
  name: grow-online-sales
spec:
  keyResults:
    - name: online-share
      unit: "%"
      target: 45
"""


_KEY_RESULTS = MODEL[MODEL.rindex("\n  keyResults") :]


class Mistake(NamedTuple):
    """A text in the model, what a person has put instead, and what is said where."""

    right: str
    wrong: str
    line: int
    column: int
    message: str


MISTAKES = (
    Mistake("kind: Application", "kind: Aplication", 2, 7, "Value is not accepted. Valid values:"),
    Mistake("kind: Application\n", "", 1, 1, 'Missing property "kind"'),
    Mistake("metadata:\n  name: order-hub\n", "metadata:\n", 3, 1, 'Missing property "name"'),
    Mistake("name: order-hub\n", "name: Order Hub\n", 4, 9, "This is not a valid name;"),
    Mistake("name: order-hub\n", "name: 7\n", 4, 9, "name must be text, in quotes"),
    Mistake("  title:", "  titel:", 5, 3, "Property titel is not allowed."),
    Mistake("[orders, web]", "orders", 6, 9, "tags must be a list."),
    Mistake("[orders, web]", "[orders, web, web]", 6, 9, "Array has duplicate items."),
    Mistake("[orders, web]", "[orders, 7]", 6, 18, "Each entry of tags must be text"),
    Mistake('{url: "https://example.org"}', "{title: x}", 7, 11, 'Missing property "url"'),
    Mistake('"https://example.org"', "example", 7, 17, "This does not match"),
    Mistake("spec:\n  supports", "spec:\n  suports", 9, 3, "Property suports is not allowed."),
    Mistake("[order-management]", "Order_Management", 9, 13, "supports must be a list."),
    Mistake("[order-management]", "[Order Management]", 9, 14, "This is not a valid reference;"),
    Mistake("2026-03-01", "2026-02-30", 10, 23, "This is not a date; use year-month-day"),
    Mistake("{active: 2026", "{activ: 2026", 10, 15, "Property activ is not allowed."),
    Mistake("Classification: invest", "Classification: keep", 11, 23, '"invest"'),
    Mistake("functionalFit: 4", "functionalFit: 5", 12, 18, "above the maximum of 4"),
    Mistake("functionalFit: 4", "functionalFit: good", 12, 18, "functionalFit must be a whole"),
    Mistake("share: 100", "share: all", 15, 37, "share must be a number."),
    Mistake(", share: 100", "", 15, 7, 'Missing property "share"'),
    Mistake(_KEY_RESULTS, " none\n", 21, 7, "Incorrect type. Expected"),
    Mistake("    - name: online-share\n      unit", "    - unit", 23, 7, 'Missing property "name"'),
    Mistake("target: 45", "target: 45 %", 25, 15, "target must be a number."),
    Mistake("target: 45", "progress: 45", 25, 7, "Property progress is not allowed."),
)


@pytest.fixture(scope="module")
def told(editor: Editor) -> dict[Mistake, list[Said]]:
    texts = [MODEL.replace(mistake.right, mistake.wrong, 1) for mistake in MISTAKES]
    return dict(zip(MISTAKES, editor.said(*texts), strict=True))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.wrong.strip() or "-")
def test_a_mistake_is_reported_once_and_where_it_is(
    told: dict[Mistake, list[Said]], mistake: Mistake
) -> None:
    assert MODEL.count(mistake.right) >= 1
    (said,) = told[mistake]
    assert (said.line, said.column) == (mistake.line, mistake.column)
    assert mistake.message in said.message
    assert not re.search("more than one|exactly one|multiple schemas", said.message)


def test_the_model_that_mistakes_are_made_in_shows_nothing(editor: Editor) -> None:
    assert editor.said(MODEL) == [[]]


def test_documents_of_others_are_left_in_peace(editor: Editor) -> None:
    texts = (
        "apiVersion: apps/v1\nkind: Deployment\nspec: [1]\n",
        "services:\n  web: {image: nginx}\n",
        "kind: Application\n",
        "- a\n- b\n",
        "text\n",
    )
    assert editor.said(*texts) == [[]] * len(texts)


def test_completes_whole_definitions(editor: Editor) -> None:
    offered = editor.offered("|")
    kinds = load().ontology.kinds
    assert {f"new {kind}" for kind in kinds} < offered.keys()
    assert "new DataProduct" in offered
    assert offered.keys() == editor.offered(f"{MODEL}---\nn|").keys() | {"apiVersion"}
    assert {"apiVersion", "kind"} < offered.keys()
    texts = {kind: _filled(offered[f"new {kind}"]["textEdit"]["newText"]) for kind in kinds}
    for kind, text in texts.items():
        assert text.startswith(f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata:\n  name: ")
    assert editor.said(*texts.values()) == [[]] * len(texts)


def _filled(snippet: str) -> str:
    """A snippet when every placeholder is left as it is, or the first choice taken."""
    chosen = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", snippet)
    filled = re.sub(r"\$\{\d+:((?:[^\\}]|\\.)*)\}", r"\1", chosen)
    return re.sub(r"\\([\\$}])", r"\1", filled)


def test_completes_kinds(editor: Editor) -> None:
    offered = editor.offered("apiVersion: bizalign/v1\nkind: |\n")
    assert {*load().ontology.kinds, "DataProduct"} == offered.keys()
    told = offered["Application"]["documentation"]["value"]
    assert told.startswith("A deployed software system that supports business capabilities")
    assert {*load().ontology.kinds, "DataProduct"} == editor.offered("kind: |\n").keys()


def test_completes_what_is_left_of_a_definition(editor: Editor) -> None:
    offered = editor.offered("apiVersion: bizalign/v1\nkind: Application\n|")
    assert "new Application" in offered
    assert not [label for label in offered if label.startswith("new ") and "App" not in label]
    text = offered["new Application"]["textEdit"]["newText"]
    assert text.startswith("metadata:\n")


def test_completes_properties(editor: Editor) -> None:
    start = "apiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: a\nspec:\n"
    offered = editor.offered(f"{start}  supports: [b]\n  |\n")
    assert {"lifecycle", "timeClassification", "dataClassification"} < offered.keys()
    assert "supports" not in offered, "it already exists"
    assert "phase" not in offered, "it is computed"
    told = offered["successor"]["documentation"]["value"]
    assert "Refers to `Application`" in told


def test_completes_values(editor: Editor) -> None:
    start = "apiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: a\nspec:\n"
    offered = editor.offered(f"{start}  timeClassification: |\n")
    assert offered.keys() == {"tolerate", "invest", "migrate", "eliminate"}
    told = offered["eliminate"]["documentation"]["value"]
    assert told == "Neither technically fit nor of business value; retire it."
    tower = start.replace("Application", "Tower")
    assert "Storage" in editor.offered(f"{tower}  taxonomy: tbm-4.0\n  term: |\n")


def test_explains_what_the_mouse_points_at(editor: Editor) -> None:
    told = editor.explained(
        "apiVersion: bizalign/v1\nkind: |Application\nmetadata: {name: a}\nspec: {}"
    )
    assert "* `Application`: A deployed software system" in told
    told = editor.explained(MODEL.replace("  supports", "  |supports"))
    assert "The business capabilities that the application supports" in told
    assert "Refers to `Capability`" in told


def test_a_modeline_names_the_schema(editor: Editor) -> None:
    text = "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: a}\nspec: {suports: []}\n"
    modeline = "# yaml-language-server: $schema=bizalign.schema.json\n"
    said = []
    for name, written in (("without.yaml", text), ("with.yaml", modeline + text)):
        file = editor.root / name
        editor.client.open(file, written)
        said.append([_said(diagnostic) for diagnostic in editor.client.diagnostics(file)])
        editor.client.close(file)
    assert said == [[], [Said(5, 8, "Property suports is not allowed.")]]
