"""The rules and thresholds that a configuration names must be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bizalign_lint.core.errors import BizalignError, ConfigError, UsageError, raise_all
from bizalign_lint.core.settings import selects
from bizalign_lint.core.suggest import hint
from bizalign_lint.core.types import Place, Pointer
from bizalign_lint.rules.language.rule import Parameter
from bizalign_lint.schema.messages import shown
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.layers import location


def check_selectors(
    config: Config,
    rules: Mapping[str, Mapping[str, Parameter]],
    guidelines: Collection[str],
    measures: Collection[str],
) -> None:
    """Raise for every name or threshold that means nothing, with its place and a near miss.

    ``rules`` has each rule's parameters by the rule's id.
    """
    raise_all(
        (
            *_unknown_selectors(config, [*guidelines, *rules], rules, guidelines),
            *_unknown_rules(config, rules),
            *_wrong_params(config, rules),
            *(
                _error(config, ("coverage", name), f"unknown measure {name}", name, measures, True)
                for name in config.coverage
                if name not in measures
            ),
        )
    )


def _unknown_selectors(
    config: Config, known: Collection[str], rules: Iterable[str], guidelines: Collection[str]
) -> Iterator[BizalignError]:
    for pointer, selector in _selectors(config):
        if not any(selects(selector, rule, "") for rule in rules) and selector not in guidelines:
            message = f"unknown rule or guideline {selector}"
            yield _error(config, pointer, message, selector, known)


def _unknown_rules(config: Config, rules: Collection[str]) -> Iterator[BizalignError]:
    for pointer, rule in _rules(config):
        if rule not in rules:
            begun = any(id_.startswith(rule) for id_ in rules)
            message = f"unknown rule {rule}" + (": give the full id" if begun else "")
            yield _error(config, pointer, message, rule, rules, key=True)


def _wrong_params(
    config: Config, rules: Mapping[str, Mapping[str, Parameter]]
) -> Iterator[BizalignError]:
    for rule, params in config.params.items():
        known = rules.get(rule)
        for name, value in params.items() if known is not None else ():
            assert known is not None
            pointer = ("params", rule, name)
            if name not in known:
                message = f"unknown parameter {name} of {rule}"
                yield _error(config, pointer, message, name, known, key=True)
            elif expected_type := known[name].expected_type(value):
                message = f"{name} of {rule} must be {expected_type}, not {shown(value)}"
                yield _said(config, pointer, message, f"the default is {known[name].default}")


def _selectors(config: Config) -> Iterator[tuple[Pointer, str]]:
    for key, selectors in (
        ("select", config.select),
        ("extendSelect", config.extend_select),
        ("ignore", config.ignore),
    ):
        for index, selector in enumerate(selectors):
            yield (key, index), selector
    for number, override in enumerate(config.overrides):
        for index, selector in enumerate(override.ignore):
            yield ("overrides", number, "ignore", index), selector


def _rules(config: Config) -> Iterator[tuple[Pointer, str]]:
    for rule in config.severity:
        yield ("severity", rule), rule
    for rule in config.params:
        yield ("params", rule), rule
    for number, override in enumerate(config.overrides):
        for rule in override.severities:
            yield ("overrides", number, "severity", rule), rule


def _error(
    config: Config,
    pointer: Pointer,
    message: str,
    name: str,
    known: Collection[str],
    key: bool = False,
) -> BizalignError:
    instead = hint(name, known, "see bizalign-lint rule list")
    return _said(config, pointer, message, instead, key)


def _said(
    config: Config, pointer: Pointer, message: str, hint: str, key: bool = False
) -> BizalignError:
    """The error, with the place where the configuration says what is wrong."""
    said = config.place_of_setting(pointer)
    if said is None:
        return UsageError(f"--{pointer[0]}: {message}", hint=hint)
    return ConfigError(message, location(Place(said.document, said.pointer, key)), hint)
