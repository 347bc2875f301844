"""``bizalign-lint new``."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, output_target, replace
from bizalign_lint.core.errors import UsageError
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.engine.model import Model
    from bizalign_lint.schema.ontology import Kind, Ontology

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")

EPILOG = """\b
Examples:
  bizalign-lint new Application order-hub
  bizalign-lint new Application order-hub model/applications/order-hub.yaml
  bizalign-lint new Capability order-management --set level=2 --set parent=sell
  bizalign-lint new Cost order-hub-2026 --set amount=120000 --set currency=EUR
"""


@click.command("new", epilog=EPILOG)
@click.argument("kind")
@click.argument("name")
@click.argument("file", required=False, type=click.Path())
@click.option("--title", help="What people call it (default: the words of its name).")
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="PROPERTY=VALUE",
    help="Value of a property under spec, such as level=2 or maturity.target=4, in YAML; can be "
    "given several times.",
)
@click.pass_obj
def command(
    session: Session,
    /,
    kind: str,
    name: str,
    file: str | None,
    title: str | None,
    values: tuple[str, ...],
) -> None:
    """Create a new definition.

    It contains the given values and lists the other properties in comments. KIND is a kind such as
    Application, NAME a name such as order-hub. FILE is a new file (default: named after NAME, next
    to others of its KIND). Nothing is overwritten.
    """
    from bizalign_lint.cli.kind import find
    from bizalign_lint.engine.load import load
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import own_files, read_own

    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is not a valid name", hint="use lower-case words joined by hyphens or dots"
        )
    root = find_root(()).path
    session.root = root
    config = load_config(root)
    loaded = load(
        read_own(root, config, "schemas"),
        read_own(root, config, "rules"),
        currency=config.currency,
    )
    found = find(kind, loaded.ontology)
    spec = _spec(found, values)
    sources = discover(root, config.include, config.exclude, own_files(config)).sources
    model = read_model(loaded, sources)
    place = _defined(model, found.name, name)
    if place:
        raise UsageError(f"{found.name}:{name} is already defined in {place}")
    path = file or os.path.join(root, _folder(model, found.name), f"{name}.yaml")
    target = output_target(path, root)
    if content(target) is not None:
        raise UsageError(
            f"{path} already exists",
            hint="give the path of a new file after the name of the definition",
        )
    text = "".join(_text(found, name, title or _words(name), spec, loaded.ontology))
    replace(target, None, [text.encode()])
    sys.stdout.write(f"wrote {clean(os.path.relpath(target.place))}\n")


def _spec(kind: Kind, values: Sequence[str]) -> dict[str, Any]:
    """What is to be under spec."""
    spec: dict[str, Any] = {}
    for said in values:
        path, equals, text = said.partition("=")
        if not equals or not path:
            raise UsageError(f"--set {said}: give a property and a value", hint="such as level=2")
        at = spec
        *above, last = path.removeprefix("spec.").split(".")
        for step in above:
            at = at.setdefault(step, {})
            if not isinstance(at, dict):
                raise UsageError(f"--set {said}: {step} already has a value")
        at[last] = _value(said, text)
    required = [p.name for p in kind.type.properties.values() if p.required and p.section == "spec"]
    missing = [name for name in required if name not in spec]
    if missing:
        (example, *_) = kind.schema["examples"]
        from bizalign_lint.parsing.yaml.write import flow

        shown = " ".join(f"--set '{key}={flow(example['spec'][key])}'" for key in missing)
        raise UsageError(
            f"a definition of kind {kind.name} needs {' and '.join(missing)}",
            hint=f"for example {shown}",
        )
    return spec


def _value(said: str, text: str) -> Any:
    from bizalign_lint.core.errors import ConfigError
    from bizalign_lint.core.types import Source
    from bizalign_lint.parsing.documents import read_document

    try:
        return read_document(Source("", f"value: {text}".encode()), ConfigError).value["value"]
    except ConfigError as error:
        raise UsageError(f"--set {said}: {error.message}", hint="put the value in quotes") from None


def _text(
    kind: Kind, name: str, title: str, spec: dict[str, Any], ontology: Ontology
) -> Iterator[str]:
    from bizalign_lint.cli.kind_show import said_of
    from bizalign_lint.parsing.yaml.write import document
    from bizalign_lint.schema.skeleton import definition

    metadata = {"name": name, "title": title}
    yield document(definition(kind.name, {"metadata": metadata, "spec": spec}))
    yield "# Optional properties"
    yield " here:\n" if spec else ", in place of {}:\n"
    for property_, holds in said_of(kind, ontology):
        if property_ not in spec:
            yield f"#  {property_}: {holds}\n"


def _defined(model: Model, kind: str, name: str) -> str:
    """The file that defines something; empty where none does."""
    for node in model.graph.kinds.get(kind, ()):
        if node.reference == f"{kind}:default/{name}" and node.document is not None:
            return node.document.source.path
    return ""


def _folder(model: Model, kind: str) -> str:
    """Where most definitions of a kind are, else most of all kinds."""
    files = [document.source.path for document in model.documents]
    of_kind = [d.source.path for d in model.documents if d.value.get("kind") == kind]
    folders = Counter(os.path.dirname(path) for path in of_kind or files)
    return min(folders, key=lambda folder: (-folders[folder], folder), default="model")


def _words(name: str) -> str:
    words = re.sub(r"[-.]", " ", name)
    return words[0].upper() + words[1:]
