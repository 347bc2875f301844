"""What a run needs to know, all of it already read. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Place, Severity, Source

NEVER = "never"
"""In place of a severity: no finding makes a check fail."""


Steps = tuple[tuple[str, Severity], ...]
"""Days, in their order, each with what a severity is from then on."""
Grade = Severity | Steps
"""What is said of how much the findings of a rule matter: always, or from some days on."""


def severity_on(grade: Grade | None, day: date, default: Severity) -> Severity:
    """How much findings matter on a day; as ``default`` says before the first day that is named."""
    if grade is None:
        return default
    if isinstance(grade, Severity):
        return grade
    so_far = [severity for first, severity in grade if first <= day.isoformat()]
    return so_far[-1] if so_far else default


class Override(NamedTuple):
    """What is different for some of the files."""

    paths: Globs
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Grade] = MappingProxyType({})


class SourceSpec(NamedTuple):
    """Files of another tool that are read as part of the model (``sources``)."""

    read: Globs
    name: str
    """The shipped mapping, or the path of the organisation's own."""
    mapping: Source | None = None
    """The organisation's own mapping; None for a shipped one."""
    namespace: str = ""
    """Where the definitions go; empty: where the records say, else the default namespace."""
    open: tuple[str, ...] = ()
    """The kinds of which the source does not hold everything: what is missing may be elsewhere;
    and ``Kind:name`` of what is."""
    assume: Mapping[str, Any] = MappingProxyType({})
    """``Kind/property`` → what silence means in this source."""
    columns: Mapping[str, Any] = MappingProxyType({})
    """By the mapping's name of a column: what these tables call it, a text or several."""
    said: Place | None = None
    """Where the configuration says so."""


class Settings(NamedTuple):
    """Which rules run, how, for which day, and what is reported of what they find."""

    as_of: date
    select: tuple[str, ...] = ()
    """Rule ids, beginnings of rule ids or guideline ids; empty means all."""
    extend_select: tuple[str, ...] = ()
    """Rules that run beside those, in the same words."""
    preview: bool = False
    """Whether rules run that are new and off by default."""
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Grade] = MappingProxyType({})
    """By rule id; ``severity`` says what is in force."""
    params: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Rule id → parameter → value."""
    schemas: tuple[Source, ...] = ()
    """The organisation's own schema files."""
    rules: tuple[Source, ...] = ()
    """The team's own rule files, ``guideline.yaml`` included."""
    sources: tuple[SourceSpec, ...] = ()
    """What is read of other tools' files."""
    lifecycles: Source | None = None
    """The lock file with what vendors say of their releases."""
    overrides: tuple[Override, ...] = ()
    currency: str = ""
    """The currency of amounts that do not say theirs; empty where each has to."""
    languages: Mapping[str, str] = MappingProxyType({})
    """Namespace → the language of its words; under the empty name, that of all others."""
    thresholds: Mapping[str, float] | None = None
    """The least percentages by measure; None: alignment is not measured."""
    demanded: frozenset[str] = frozenset()
    """The measures whose thresholds are missed, too, where there is nothing to measure."""
    reports_absence: bool = False
    """Whether a fact that nothing of its kind has is a finding, whatever it is."""
    only: tuple[str, ...] | None = None
    """The files and folders whose findings are reported; None for all of them."""

    def severity(self, rule: str, default: Severity) -> Severity:
        """How much the findings of a rule matter on the day of the run, by its id, unless an
        override says otherwise."""
        return severity_on(self.severities.get(rule), self.as_of, default)

    def reports(self, path: str) -> bool:
        """Whether findings in that file are asked for."""
        if self.only is None:
            return True
        return any(path == wanted or path.startswith(f"{wanted}/") for wanted in self.only)


def selects(selector: str, rule: str, guideline: str) -> bool:
    """Whether a selector means that rule: its id, a beginning of the id, or its guideline."""
    return rule.startswith(selector) or guideline == selector


def any_selects(selectors: tuple[str, ...], rule: str, guideline: str) -> bool:
    """Whether one of several selectors means that rule."""
    return rule.startswith(selectors) or guideline in selectors
