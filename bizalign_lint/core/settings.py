"""The settings of a run, already read and validated. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Place, Severity, Source

NEVER = "never"
"""Used instead of a severity: no finding makes a check fail."""


Steps = tuple[tuple[str, Severity], ...]
"""Dates in ascending order, each with the severity from then on."""
Grade = Severity | Steps
"""The configured severity of a rule: constant, or changing on certain dates."""


def severity_on(grade: Grade | None, day: date, default: Severity) -> Severity:
    """The severity on a day; ``default`` before the first date and without a grade."""
    if grade is None:
        return default
    if isinstance(grade, Severity):
        return grade
    so_far = [severity for first, severity in grade if first <= day.isoformat()]
    return so_far[-1] if so_far else default


class Override(NamedTuple):
    """Settings that differ for some of the files."""

    paths: Globs
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Grade] = MappingProxyType({})


class SourceSpec(NamedTuple):
    """Files of another tool that are read as part of the model (``sources``)."""

    read: Globs
    name: str
    """The name of a shipped mapping, or the path of one's own."""
    mapping: Source | None = None
    """One's own mapping; None for a shipped one."""
    namespace: str = ""
    """The namespace of the definitions; empty: the records' own, else the default one."""
    open: tuple[str, ...] = ()
    """Kinds that the source does not list completely, and ``Kind:name`` of definitions that are
    known to be elsewhere."""
    assume: Mapping[str, Any] = MappingProxyType({})
    """``Kind/property`` → the value to assume if a record has none."""
    columns: Mapping[str, Any] = MappingProxyType({})
    """The mapping's column names → the names in these tables, one text or several."""
    place: Place | None = None
    """The place of this source in the configuration."""


class Settings(NamedTuple):
    """Which rules run, how and for which day, and which findings are reported."""

    as_of: date
    select: tuple[str, ...] = ()
    """Rule ids, rule id prefixes or guideline ids; empty means all."""
    extend_select: tuple[str, ...] = ()
    """Rules to run in addition, as selectors of the same form."""
    preview: bool = False
    """Whether preview rules run, which are off by default."""
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Grade] = MappingProxyType({})
    """By rule id; use ``severity`` for the one in force."""
    params: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Rule id → parameter → value."""
    schemas: tuple[Source, ...] = ()
    """The user's own schema files."""
    rules: tuple[Source, ...] = ()
    """The user's own rule files, including ``guideline.yaml``."""
    sources: tuple[SourceSpec, ...] = ()
    """Files of other tools that are part of the model."""
    lifecycles: Source | None = None
    """The lock file with vendors' lifecycle data."""
    overrides: tuple[Override, ...] = ()
    currency: str = ""
    """The currency of amounts without one; empty if each must name its own."""
    languages: Mapping[str, str] = MappingProxyType({})
    """Namespace → the language of its texts; the empty name is for all other namespaces."""
    thresholds: Mapping[str, float] | None = None
    """The lowest accepted percentage by measure; None: alignment is not measured."""
    required_measures: frozenset[str] = frozenset()
    """Measures whose threshold is also missed if there is nothing to measure."""
    reports_absence: bool = False
    """Whether any fact that no definition of its kind has is a finding."""
    only: tuple[str, ...] | None = None
    """The files and folders whose findings are reported; None for all."""

    def severity(self, rule: str, default: Severity) -> Severity:
        """The severity of a rule on the day of the run, by its id, leaving overrides aside."""
        return severity_on(self.severities.get(rule), self.as_of, default)

    def reports(self, path: str) -> bool:
        """Whether findings in a file are to be reported."""
        if self.only is None:
            return True
        return any(path == wanted or path.startswith(f"{wanted}/") for wanted in self.only)


def selects(selector: str, rule: str, guideline: str) -> bool:
    """Whether a selector matches a rule: its id, a prefix of the id, or its guideline."""
    return rule.startswith(selector) or guideline == selector


def any_selects(selectors: tuple[str, ...], rule: str, guideline: str) -> bool:
    """Whether any of several selectors matches a rule."""
    return rule.startswith(selectors) or guideline in selectors
