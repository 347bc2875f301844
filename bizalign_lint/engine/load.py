"""The settings → the domain knowledge of a run: kinds, rules, mappings and vendors' dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.errors import RuleError, SchemaError
from bizalign_lint.core.settings import Settings, SourceSpec
from bizalign_lint.core.types import Document, Source
from bizalign_lint.parsing.documents import form, read_document, read_shipped
from bizalign_lint.rules.compiled.compiler import Compiler
from bizalign_lint.rules.language.read import Forms, check_forms, read_rules
from bizalign_lint.rules.language.rule import RuleSet
from bizalign_lint.schema.load import build
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.schema.own import check_own
from bizalign_lint.schema.references import check_references
from bizalign_lint.schema.validate import Validator

if TYPE_CHECKING:
    from bizalign_lint.lifecycles.complete import Completer
    from bizalign_lint.mapping.landscape import Landscape


class Loaded(NamedTuple):
    """The domain knowledge of a run: the shipped one and the user's own."""

    ontology: Ontology
    validator: Validator
    rules: RuleSet
    compiler: Compiler
    """Compiles rules, and caches them for further runs."""
    landscape: Landscape | None = None
    """Reads other tools' files; None if there are none."""
    completer: Completer | None = None
    """Completes definitions with vendors' dates; None if there is no lock file."""


def load(
    schemas: Sequence[Source] = (),
    rules: Sequence[Source] = (),
    sources: Sequence[SourceSpec] = (),
    lifecycles: Source | None = None,
    currency: str = "",
) -> Loaded:
    """Read the shipped schemas and rules, and the user's own ones.

    Also the mappings for other tools' files in ``sources``, and the lock file ``lifecycles``.
    ``currency`` is the one of amounts without their own. Without own schemas, rules and currency,
    the shipped ones are read once in a process.

    Raises SchemaError, RuleError, MappingError or ConfigError, with the place.
    """
    own = schemas or rules or currency
    loaded = _load(schemas, rules, currency) if own else _shipped()
    return loaded._replace(
        landscape=_landscape(sources, loaded.ontology),
        completer=_completer(lifecycles, loaded.ontology),
    )


def load_for(settings: Settings) -> Loaded:
    """The domain knowledge of a run with these settings. Raises the errors of ``load``."""
    return load(
        settings.schemas, settings.rules, settings.sources, settings.lifecycles, settings.currency
    )


@cache
def _shipped() -> Loaded:
    return _load((), (), "")


def _load(schemas: Sequence[Source], rules: Sequence[Source], currency: str) -> Loaded:
    ontology, validator = _kinds(schemas, currency) if schemas or currency else _shipped_kinds()
    own = [read_document(source, RuleError) for source in rules]
    if own:
        check_forms(own, rule_forms())
    rule_set = read_rules([*_shipped_rules(), *own])
    return Loaded(ontology, validator, rule_set, Compiler(ontology))


@cache
def _shipped_rules() -> list[Document]:
    return read_shipped(resources.rules())


@cache
def _shipped_kinds() -> tuple[Ontology, Validator]:
    return _kinds((), "")


def _kinds(schemas: Sequence[Source], currency: str) -> tuple[Ontology, Validator]:
    own = [read_document(source, SchemaError) for source in schemas]
    if own:
        for document in own:
            check_own(document, form("kind"))
    ontology = build(
        [*read_shipped(resources.schemas()), *own],
        read_shipped(resources.vocabularies()),
        read_shipped(resources.languages()),
        currency,
    )
    validator = Validator(ontology)
    if own:
        check_references(own, ontology)
        validator.compile()
    return ontology, validator


def _landscape(sources: Sequence[SourceSpec], ontology: Ontology) -> Landscape | None:
    """The reader of other tools' files; None if there are none."""
    if not sources:
        return None
    from bizalign_lint.mapping.landscape import read_landscape

    return read_landscape(sources, ontology)


def _completer(lock: Source | None, ontology: Ontology) -> Completer | None:
    if lock is None:
        return None
    from bizalign_lint.lifecycles.complete import Completer
    from bizalign_lint.lifecycles.lock import read_lock

    return Completer(ontology, read_lock(lock))


def rule_forms() -> Forms:
    """The JSON Schemas of the files in a rules folder: rules, guidelines and measures."""
    return Forms(*map(form, ("rule", "guideline", "measure")))


def names(loaded: Loaded) -> dict[str, dict[str, str]]:
    """The names that set-up files may use, with their meanings, under ``rules`` and ``kinds``."""
    rules = {rule.id: rule.summary for rule in loaded.rules.rules.values()}
    kinds = {kind.name: kind.description for kind in loaded.ontology.kinds.values()}
    return {"rules": rules, "kinds": kinds}
