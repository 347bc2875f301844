"""A query as the files of a rule that finds what is asked for, with cases from the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bizalign_lint.cli.model import LoadedModel
from bizalign_lint.core.errors import RuleError, UsageError
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load, rule_forms
from bizalign_lint.engine.rule_tests import Case, try_case
from bizalign_lint.graph.nodes import Node
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.questions.hops import hops
from bizalign_lint.questions.query import query
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology

_RULE = """\
id: {id}
guideline: {guideline}
severity: warning
summary: Say in a sentence what is wrong with these ({title}).
rationale: |
  Say why this matters to alignment, in two or three sentences that an architect would sign.
references:
  - {{title: The practice that the rule comes from}}
target: {kind}
# Whatever conforms to this is found: no name is allowed to be there.
where:
{where}
path: name
maxCount: 0
message: "{{title}} is one of those that should not be"
help: Say what to do about it.
asOf: {day}
bad: |
{bad}
good: |
{good}
"""

_TEST = """\
cases:
  - name: as it stands in the model
    asOf: {day}
    model: |
{bad}
  - name: what is not meant
    asOf: {day}
    model: |
{good}
"""

_TRIED = 25
"""So many definitions are tried as an example."""
_FAR = 3
"""So many relations away from an example it is looked for what makes it one."""


def rule_files(
    id_: str, guideline: str, kind: Kind, where: str, asked: LoadedModel
) -> tuple[str, str]:
    """The rule file and its test file.

    Raises UsageError for a query that means nothing, or that the model has no example of.
    """
    try:
        rows = query(kind.name, where, ("name",), asked.graph, asked.walker(), rule_forms())
    except RuleError as error:
        raise UsageError(f"--from-query: {error.message}", hint=error.hint) from None
    found = [row.node for row in rows]
    others = [node for node in asked.graph.kinds[kind.name] if node not in {*found}]
    day = asked.settings.as_of
    made = _Example(id_=id_, guideline=guideline, kind=kind, where=where, asked=asked, day=day)
    bad = next(made.models(found, is_bad=True), None)
    if bad is None:
        raise UsageError(
            f"the model has no {kind.name} that the query finds, so the rule would have no example",
            hint=f"see bizalign-lint query {kind.name}",
        )
    good = next(made.models(others, is_bad=False), None) or made.nothing()
    return (
        made.rule(bad, good),
        _TEST.format(day=day, bad=_indented(bad, "      "), good=_indented(good, "      ")),
    )


class _Example:
    """Makes small models of definitions of the workspace, and tries the rule on them."""

    def __init__(
        self, id_: str, guideline: str, kind: Kind, where: str, asked: LoadedModel, day: date
    ) -> None:
        self._id, self._guideline, self._kind, self._where = id_, guideline, kind, where
        self._day = day
        draft = self.rule(self.nothing(), self.nothing())
        source = Source(f"{guideline}/draft.yaml", draft.encode())
        settings = asked.settings
        self._loaded = load(settings.schemas, (*settings.rules, source), currency=settings.currency)
        self._rule = self._loaded.rules.rules[id_]
        words = _with_sources({*re.findall(r"[A-Za-z][\w-]*", where)}, asked.loaded.ontology)
        inverse = {
            referrer.property
            for type_ in asked.loaded.ontology.types.values()
            for name in words & type_.inverses.keys()
            for referrer in type_.inverses[name]
        }
        self._words = words | inverse

    def rule(self, bad: str, good: str) -> str:
        """The rule with its examples."""
        title = str(self._kind.schema.get("title", self._kind.name))
        return _RULE.format(
            id=self._id,
            guideline=self._guideline,
            title=title,
            kind=self._kind.name,
            where=_indented(self._where.strip(), "  "),
            day=self._day,
            bad=_indented(bad, "  "),
            good=_indented(good, "  "),
        )

    def models(self, nodes: Sequence[Node], is_bad: bool) -> Iterator[str]:
        """Models in which the rule finds the first definition, or finds nothing."""
        for node in nodes[:_TRIED]:
            around: dict[Node, None] = {node: None}
            for _ in range(_FAR):
                if self._holds([*around], is_bad):
                    yield self._model(self._fewest([*around], is_bad), marked=is_bad)
                    break
                beyond = [hop.node.entity for one in around for hop in hops(one)]
                around |= dict.fromkeys(_definition(one) for one in beyond)

    def nothing(self) -> str:
        """A model in which there is nothing of the kind."""
        return "# There is nothing of the kind.\n"

    def _fewest(self, nodes: list[Node], is_bad: bool) -> list[Node]:
        """Those without which it would be no example."""
        for one in nodes[:0:-1]:
            fewer = [node for node in nodes if node is not one]
            if self._holds(fewer, is_bad):
                nodes = fewer
        return nodes

    def _holds(self, nodes: Sequence[Node], is_bad: bool) -> bool:
        text = self._model(nodes, marked=is_bad)
        case = Case(
            self._rule, name="example", model=text, previous=(), as_of=self._day, expects=is_bad
        )
        return try_case(case, self._loaded).status == "passed"

    def _model(self, nodes: Sequence[Node], marked: bool) -> str:
        texts = [document(self._least(node, {*nodes})) for node in nodes]
        if marked:
            name = nodes[0].values.get("name")
            said = re.compile(rf'^(  name: "?{re.escape(str(name))}"?)$', re.MULTILINE)
            texts[0] = said.sub(rf"\1   # <- {self._id}", texts[0], count=1)
        return "---\n".join(texts)

    def _least(self, node: Node, there: set[Node]) -> dict[str, Any]:
        """A definition with what the query mentions, and what its schema demands."""
        assert node.document is not None
        value = node.document.value
        metadata = {
            key: value["metadata"][key] for key in ("name", "title") if key in value["metadata"]
        }
        made: dict[str, Any] = {key: value[key] for key in ("apiVersion", "kind")}
        kept = self._kept(node, node.type, there)
        spec = {key: held for key, held in kept.items() if key in value.get("spec", {})}
        more = {
            key: held
            for key, held in kept.items()
            if key in value["metadata"] and key in self._words and key not in metadata
        }
        return {**made, "metadata": {**metadata, **more}, "spec": spec}

    def _kept(self, node: Node, type_: ObjectType, there: set[Node]) -> Mapping[str, Any]:
        kept: dict[str, Any] = {}
        for name, held in node.values.items():
            property_ = type_.properties.get(name)
            if property_ is None or not (name in self._words or property_.required):
                continue
            if property_.relation is None:
                kept[name] = held
                continue
            targets = node.edges.get(name, ())
            if isinstance(held, list) and len(held) == len(targets):
                names = [s for s, t in zip(held, targets, strict=True) if _definition(t) in there]
                if names:
                    kept[name] = names
            elif targets and _definition(targets[0]) in there:
                kept[name] = held
        return kept


def _with_sources(words: set[str], ontology: Ontology) -> set[str]:
    """Names of properties, with the names of those that they are computed from."""
    computed = [
        (property_.name, property_.derivation)
        for type_ in ontology.types.values()
        for property_ in type_.properties.values()
        if property_.derivation is not None
    ]
    while True:
        more = {
            step.removeprefix("^")
            for name, derivation in computed
            if name in words
            for path in (*derivation.paths, derivation.otherwise, (derivation.along,))
            for step in path
        }
        if more <= words:
            return words
        words = words | more


def _definition(node: Node) -> Node:
    """The definition that a node is, or is part of."""
    while node.holder is not None:
        node = node.holder
    return node


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}".rstrip() for line in text.splitlines())
