"""Configuration files → a frozen Config that knows where each value comes from."""

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
from bizalign_lint.workspace.layers import lay_over, location, refused, relative
from bizalign_lint.workspace.profiles import find_profile


class Config(NamedTuple):
    """What the configuration files of a workspace say, with defaults for what they do not say."""

    include: Globs = Globs()
    exclude: Globs = Globs()
    packs: tuple[Pack, ...] = ()
    """What others share, in the order in which it is named."""
    schemas: tuple[str, ...] = ()
    """Files and folders, relative to the root."""
    rules: tuple[str, ...] = ()
    """Files and folders, relative to the root."""
    sources: tuple[Mapping[str, Any], ...] = ()
    """What is read of other tools' files, as said; ``mapping`` is relative to the root."""
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    preview: bool = False
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Grade] = MappingProxyType({})
    params: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    coverage: Mapping[str, float] = MappingProxyType({})
    """The least percentages, by measure."""
    unmeasured: str = "told"
    """What a threshold is where there is nothing to measure: ``reported`` or ``missed``."""
    absent: str = "unjudged"
    """What a fact is that nothing of its kind has: ``unjudged`` or ``found``."""
    fail_on: str = Severity.ERROR.value
    """A severity, or ``never``."""
    as_of: date | None = None
    """None: the day of the run."""
    currency: str = ""
    """The currency of amounts that do not say theirs; empty where each has to."""
    languages: Mapping[str, str] = MappingProxyType({})
    """Namespace → the language of its words; under the empty name, that of all others."""
    overrides: tuple[Override, ...] = ()
    files: tuple[str, ...] = ()
    """The configuration files, relative to the root; each extends the next."""
    within: tuple[str, ...] = ()
    """The folders that the set-up may be read from."""
    origins: Mapping[Pointer, Place | None] = MappingProxyType({})
    """Where each value that is not a default is said, by its way through the configuration;
    None for the command line."""

    @property
    def also(self) -> Globs:
        """The files of other tools that are part of the model, whatever they are called."""
        return Globs(pattern for said in self.sources for pattern in _patterns(said))

    def place_of_setting(self, pointer: Pointer) -> Place | None:
        """Where a value is said; None when it is a default or comes from the command line."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.origins:
                said = self.origins[pointer[:length]]
                return said and Place(said.document, (*said.pointer, *pointer[length:]))
        return None


def load(root: str, file: str | None = None, profile: str | None = None) -> Config:
    """The configuration of a workspace: ``.bizalign.yaml`` at its root, or another file.

    ``profile`` is what to begin with, instead of the profile that the files name. Raises
    ConfigError, with the place, for whatever is wrong with it.
    """
    path = os.path.abspath(file) if file else os.path.join(root, CONFIG_NAME)
    # Whoever names a file on the command line means what it extends, too.
    homes = (root, os.path.dirname(os.path.realpath(path))) if file else (root,)
    within = tuple(dict.fromkeys(map(top, homes)))
    chain = _chain(root, path, within) if file or os.path.lexists(path) else []
    said = next((Place(d, ("packs",)) for d in chain if "packs" in d.value), None)
    packs = () if said is None else find_packs(said.document.value["packs"], said, root, within)
    start = find_profile(chain, profile, packs)
    values: dict[str, Any] = {}
    origins: dict[Pointer, Place | None] = {}
    for document in reversed([*chain, *start]):
        lay_over(values, origins, document, root, within)
    files = tuple(document.source.path for document in chain)
    return _config(values, origins, files, within)._replace(packs=packs)


def profile_config(document: Document) -> Config:
    """What a profile alone says."""
    values: dict[str, Any] = {}
    origins: dict[Pointer, Place | None] = {}
    lay_over(values, origins, document, "", ())
    return _config(values, origins, (), ())


def _chain(root: str, path: str, within: tuple[str, ...]) -> list[Document]:
    """A configuration file and those that it extends, from near to far."""
    chain: list[Document] = []
    seen: set[str] = set()
    asked: Place | None = None
    while True:
        document = _read(root, path, asked, within)
        real = os.path.realpath(path)
        if asked is not None and real in seen:
            raise refused(asked, "the files extend each other in a cycle")
        seen.add(real)
        chain.append(document)
        if "extends" not in document.value:
            return chain
        asked = Place(document, ("extends",))
        path = os.path.join(os.path.dirname(path), document.value["extends"])


def _read(root: str, path: str, asked: Place | None, within: tuple[str, ...]) -> Document:
    try:
        source = Source(relative(root, path), read_setup(path, *within))
    except OSError as error:
        why = reason(error)
        message = f"the configuration {relative(root, path)} cannot be read: {why}"
        hint = HINT if isinstance(error, OutsideError) else ""
        raise ConfigError(message, asked and location(asked), hint) from None
    empty = fast.read(source.content) in ([], [None])
    document = Document(source, 0, {}) if empty else read_document(source, ConfigError)
    refuse_older(document)
    flaws = objections(form("config"), document)
    raise_all(refused(place, message) for place, message in flaws)
    raise_all(refused(place, message) for place, message in _meaningless(document))
    return document


def _meaningless(document: Document) -> Iterator[tuple[Place, str]]:
    """What has the right form, and no meaning."""
    if "asOf" in document.value:
        try:
            date.fromisoformat(document.value["asOf"])
        except ValueError as error:
            yield Place(document, ("asOf",)), f"asOf is not a date: {error}"
    yield from _days(document, ("severity",), document.value.get("severity", {}))
    for number, override in enumerate(document.value.get("overrides", [])):
        pointer: Pointer = ("overrides", number, "severity")
        yield from _days(document, pointer, override.get("severity", {}))
    for index, said in enumerate(document.value.get("sources", [])):
        if ("as" in said) == ("mapping" in said):
            message = "give either as (a shipped mapping) or mapping (your own file)"
            yield Place(document, ("sources", index)), message
    lists: list[tuple[Pointer, list[str]]] = [
        *(((key,), document.value.get(key, [])) for key in ("include", "exclude")),
        *(
            (("overrides", number, "paths"), override["paths"])
            for number, override in enumerate(document.value.get("overrides", []))
        ),
        *(
            (("sources", number, "read"), _patterns(said))
            for number, said in enumerate(document.value.get("sources", []))
        ),
    ]
    for pointer, patterns in lists:
        for index, pattern in enumerate(patterns):
            try:
                Globs([pattern])
            except GlobError as error:
                yield Place(document, (*pointer, index)), str(error)


def _days(
    document: Document, pointer: Pointer, severities: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    """What is wrong with the days from which on severities hold."""
    for rule, said in severities.items():
        days: dict[str, str] = {}
        for name, day in said.items() if isinstance(said, dict) else ():
            place = Place(document, (*pointer, rule, name))
            try:
                date.fromisoformat(day)
            except ValueError as error:
                yield place, f"{day} is not a date: {error}"
            if day in days:
                yield place, f"{rule} cannot be both {days[day]} and {name} from {day}"
            days[day] = name


def _patterns(said: Mapping[str, Any]) -> list[str]:
    """The files that an entry of ``sources`` names."""
    read = said["read"]
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
    """The configuration with what the command line says. ``ignore`` adds, the others replace."""
    said: dict[Pointer, None] = {}
    changes: dict[str, Any] = {}
    kept = dict(config.origins)
    if as_of is not None:
        changes["as_of"] = as_of
        said["asOf",] = None
    if fail_on is not None:
        changes["fail_on"] = fail_on
        said["failOn",] = None
    if select:
        changes |= {"select": select, "extend_select": ()}
        kept = {
            pointer: place
            for pointer, place in kept.items()
            if pointer[0] not in ("select", "extendSelect")
        }
        said.update(dict.fromkeys(("select", index) for index in range(len(select))))
    if ignore:
        changes["ignore"] = (*config.ignore, *ignore)
        first = len(config.ignore)
        said.update(dict.fromkeys(("ignore", first + index) for index in range(len(ignore))))
    return config._replace(origins={**kept, **said}, **changes)


def _severities(values: Mapping[str, Any]) -> dict[str, Grade]:
    return {
        rule: Severity(said)
        if isinstance(said, str)
        else tuple(sorted((day, Severity(name)) for name, day in said.items()))
        for rule, said in values.items()
    }
