"""Configuration files → an immutable Config that records the origin of each value."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from bizalign_lint.core.errors import ConfigError, raise_all, reason
from bizalign_lint.core.globs import GlobError, Globs
from bizalign_lint.core.settings import Grade, Override
from bizalign_lint.core.types import Document, Place, Pointer, Severity, Source
from bizalign_lint.packs.find import find_packs
from bizalign_lint.packs.pack import Pack
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.parsing.required_version import refuse_older
from bizalign_lint.parsing.yaml import fast
from bizalign_lint.schema.messages import objections
from bizalign_lint.sources.bounds import HINT, OutsideError, top
from bizalign_lint.sources.read import read_setup
from bizalign_lint.sources.roots import CONFIG_NAME
from bizalign_lint.workspace.layers import config_error, location, merge_over, relative
from bizalign_lint.workspace.profiles import find_profile


class Config(NamedTuple):
    """The configuration of a workspace, with defaults for what its files do not set."""

    include: Globs = Globs()
    exclude: Globs = Globs()
    packs: tuple[Pack, ...] = ()
    """Packs, in the order in which they are named."""
    schemas: tuple[str, ...] = ()
    """Files and folders, relative to the root."""
    rules: tuple[str, ...] = ()
    """Files and folders, relative to the root."""
    sources: tuple[Mapping[str, Any], ...] = ()
    """Entries of ``sources`` as written, except that ``mapping`` is relative to the root."""
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    preview: bool = False
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Grade] = MappingProxyType({})
    params: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    coverage: Mapping[str, float] = MappingProxyType({})
    """The lowest accepted percentage, by measure."""
    unmeasured: str = "told"
    """How a threshold counts if there is nothing to measure: ``missed``, else only reported."""
    absent: str = "unjudged"
    """How a fact counts that no definition of its kind has: ``unjudged`` or ``found``."""
    fail_on: str = Severity.ERROR.value
    """A severity, or ``never``."""
    as_of: date | None = None
    """None: the day of the run."""
    currency: str = ""
    """The currency of amounts without one; empty if each must name its own."""
    languages: Mapping[str, str] = MappingProxyType({})
    """Namespace → the language of its texts; the empty name is for all other namespaces."""
    overrides: tuple[Override, ...] = ()
    files: tuple[str, ...] = ()
    """The configuration files, relative to the root; each extends the next."""
    within: tuple[str, ...] = ()
    """The folders from which set-up files may be read."""
    origins: Mapping[Pointer, Place | None] = MappingProxyType({})
    """The place that sets each value that is not a default, by its pointer; None for the command
    line."""

    @property
    def also(self) -> Globs:
        """Patterns of other tools' files that are part of the model, whatever their suffix."""
        return Globs(pattern for setting in self.sources for pattern in patterns_of(setting))

    def place_of_setting(self, pointer: Pointer) -> Place | None:
        """The place that sets a value; None for a default or a value from the command line."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.origins:
                setting = self.origins[pointer[:length]]
                return setting and Place(setting.document, (*setting.pointer, *pointer[length:]))
        return None


def load(root: str, file: str | None = None, profile: str | None = None) -> Config:
    """The configuration of a workspace: ``.bizalign.yaml`` at its root, or another file.

    ``profile`` replaces the profile that the files name. Raises ConfigError, with the place, for
    anything wrong in the files, and UsageError for an unknown ``profile``.
    """
    path = os.path.abspath(file) if file else os.path.join(root, CONFIG_NAME)
    # A file named on the command line may extend files in its own repository.
    folders = (root, os.path.dirname(os.path.realpath(path))) if file else (root,)
    within = tuple(dict.fromkeys(map(top, folders)))
    chain = _chain(root, path, within) if file or os.path.lexists(path) else []
    setting = next((Place(d, ("packs",)) for d in chain if "packs" in d.value), None)
    packs = (
        ()
        if setting is None
        else find_packs(setting.document.value["packs"], setting, root, within)
    )
    start = find_profile(chain, profile, packs)
    values: dict[str, Any] = {}
    origins: dict[Pointer, Place | None] = {}
    for document in reversed([*chain, *start]):
        merge_over(values, origins, document, root, within)
    files = tuple(document.source.path for document in chain)
    return _config(values, origins, files, within)._replace(packs=packs)


def profile_config(document: Document) -> Config:
    """The configuration that a profile alone results in."""
    values: dict[str, Any] = {}
    origins: dict[Pointer, Place | None] = {}
    merge_over(values, origins, document, "", ())
    return _config(values, origins, (), ())


def _chain(root: str, path: str, within: tuple[str, ...]) -> list[Document]:
    """A configuration file and those it extends, each followed by the one it extends."""
    chain: list[Document] = []
    seen: set[str] = set()
    referrer: Place | None = None
    while True:
        document = _read(root, path, referrer, within)
        real = os.path.realpath(path)
        if referrer is not None and real in seen:
            raise config_error(referrer, "the files extend each other in a cycle")
        seen.add(real)
        chain.append(document)
        if "extends" not in document.value:
            return chain
        referrer = Place(document, ("extends",))
        path = os.path.join(os.path.dirname(path), document.value["extends"])


def _read(root: str, path: str, referrer: Place | None, within: tuple[str, ...]) -> Document:
    try:
        source = Source(relative(root, path), read_setup(path, *within))
    except OSError as error:
        why = reason(error)
        message = f"the configuration {relative(root, path)} cannot be read: {why}"
        hint = HINT if isinstance(error, OutsideError) else ""
        raise ConfigError(message, referrer and location(referrer), hint) from None
    empty = fast.read(source.content) in ([], [None])
    document = Document(source, 0, {}) if empty else read_document(source, ConfigError)
    refuse_older(document)
    flaws = objections(form("config"), document)
    raise_all(config_error(place, message) for place, message in flaws)
    raise_all(config_error(place, message) for place, message in _senseless(document))
    return document


def _senseless(document: Document) -> Iterator[tuple[Place, str]]:
    """Values that conform to the schema but make no sense."""
    if "asOf" in document.value:
        try:
            date.fromisoformat(document.value["asOf"])
        except ValueError as error:
            yield Place(document, ("asOf",)), f"asOf is not a date: {error}"
    yield from _date_problems(document, ("severity",), document.value.get("severity", {}))
    for number, override in enumerate(document.value.get("overrides", [])):
        pointer: Pointer = ("overrides", number, "severity")
        yield from _date_problems(document, pointer, override.get("severity", {}))
    for index, setting in enumerate(document.value.get("sources", [])):
        if ("as" in setting) == ("mapping" in setting):
            message = "give either as (a shipped mapping) or mapping (your own file)"
            yield Place(document, ("sources", index)), message
    lists: list[tuple[Pointer, list[str]]] = [
        *(((key,), document.value.get(key, [])) for key in ("include", "exclude")),
        *(
            (("overrides", number, "paths"), override["paths"])
            for number, override in enumerate(document.value.get("overrides", []))
        ),
        *(
            (("sources", number, "read"), patterns_of(setting))
            for number, setting in enumerate(document.value.get("sources", []))
        ),
    ]
    for pointer, patterns in lists:
        for index, pattern in enumerate(patterns):
            try:
                Globs([pattern])
            except GlobError as error:
                yield Place(document, (*pointer, index)), str(error)


def _date_problems(
    document: Document, pointer: Pointer, severities: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    """Invalid or repeated dates of severities."""
    for rule, setting in severities.items():
        days: dict[str, str] = {}
        for name, day in setting.items() if isinstance(setting, dict) else ():
            place = Place(document, (*pointer, rule, name))
            try:
                date.fromisoformat(day)
            except ValueError as error:
                yield place, f"{day} is not a date: {error}"
            if day in days:
                yield place, f"{rule} cannot be both {days[day]} and {name} from {day}"
            days[day] = name


def patterns_of(entry: Mapping[str, Any]) -> list[str]:
    """The patterns of an entry of ``sources``."""
    read = entry["read"]
    return [read] if isinstance(read, str) else read


def _config(
    values: Mapping[str, Any],
    origins: Mapping[Pointer, Place | None],
    files: tuple[str, ...],
    within: tuple[str, ...],
) -> Config:
    def texts(key: str) -> tuple[str, ...]:
        return tuple(values.get(key, ()))

    return Config(
        include=Globs(texts("include")),
        exclude=Globs(texts("exclude")),
        schemas=texts("schemas"),
        rules=texts("rules"),
        sources=tuple(values.get("sources", ())),
        select=texts("select"),
        extend_select=texts("extendSelect"),
        preview=values.get("preview", False),
        ignore=texts("ignore"),
        severity=_severities(values.get("severity", {})),
        params=values.get("params", {}),
        coverage=values.get("coverage", {}),
        unmeasured=values.get("unmeasured", "told"),
        absent=values.get("absent", "unjudged"),
        fail_on=values.get("failOn", Severity.ERROR.value),
        as_of=date.fromisoformat(values["asOf"]) if "asOf" in values else None,
        currency=values.get("currency", ""),
        languages={
            **({"": values["language"]} if "language" in values else {}),
            **values.get("languages", {}),
        },
        overrides=tuple(
            Override(
                Globs(override["paths"]),
                tuple(override.get("ignore", ())),
                _severities(override.get("severity", {})),
            )
            for override in values.get("overrides", ())
        ),
        files=files,
        within=within,
        origins=origins,
    )


def overlay(
    config: Config,
    *,
    as_of: date | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    fail_on: str | None = None,
) -> Config:
    """The configuration with options of the command line; ``ignore`` is added, others replace."""
    given: dict[Pointer, None] = {}
    changes: dict[str, Any] = {}
    kept = dict(config.origins)
    if as_of is not None:
        changes["as_of"] = as_of
        given["asOf",] = None
    if fail_on is not None:
        changes["fail_on"] = fail_on
        given["failOn",] = None
    if select:
        changes |= {"select": select, "extend_select": ()}
        kept = {
            pointer: place
            for pointer, place in kept.items()
            if pointer[0] not in ("select", "extendSelect")
        }
        given.update(dict.fromkeys(("select", index) for index in range(len(select))))
    if ignore:
        changes["ignore"] = (*config.ignore, *ignore)
        first = len(config.ignore)
        given.update(dict.fromkeys(("ignore", first + index) for index in range(len(ignore))))
    return config._replace(origins={**kept, **given}, **changes)


def _severities(values: Mapping[str, Any]) -> dict[str, Grade]:
    return {
        rule: Severity(setting)
        if isinstance(setting, str)
        else tuple(sorted((day, Severity(name)) for name, day in setting.items()))
        for rule, setting in values.items()
    }
