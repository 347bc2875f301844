"""Checks that the rules, guidelines, parameters and measures named in a configuration exist."""

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
    """Raise ConfigError or UsageError for unknown names and wrong parameters, with suggestions.

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
            is_prefix = any(id_.startswith(rule) for id_ in rules)
            message = f"unknown rule {rule}" + (": give the full id" if is_prefix else "")
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
                yield _error_at(config, pointer, message, f"the default is {known[name].default}")


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
    suggestion = hint(name, known, "see bizalign-lint rule list")
    return _error_at(config, pointer, message, suggestion, key)


def _error_at(
    config: Config, pointer: Pointer, message: str, hint: str, key: bool = False
) -> BizalignError:
    """The error at the place of the setting: a UsageError if that is on the command line."""
    setting = config.place_of_setting(pointer)
    if setting is None:
        return UsageError(f"--{pointer[0]}: {message}", hint=hint)
    return ConfigError(message, location(Place(setting.document, setting.pointer, key)), hint)
