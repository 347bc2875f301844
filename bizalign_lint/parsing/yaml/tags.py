"""Applies tags to values: those of the core schema are honoured, all others are errors."""

from __future__ import annotations

from bizalign_lint.parsing.yaml.core_schema import Scalar, resolve

_CORE = "tag:yaml.org,2002:"
_COLLECTIONS = {"map": dict, "seq": list}
_SCALARS: dict[str, tuple[type, str]] = {
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "bool": (bool, "true or false"),
    "null": (type(None), "null"),
}


class TagError(ValueError):
    """A tag that is not supported or does not fit its value."""


def tagged_scalar(tag: str, text: str) -> Scalar:
    """The value of a scalar with a tag. Raises TagError or NumberTooLong."""
    name = tag.removeprefix(_CORE)
    if tag == "!" or (name == "str" and name != tag):
        return text
    if name == tag or name not in _SCALARS:
        raise TagError(_problem(tag, name in _COLLECTIONS))
    type_, meaning = _SCALARS[name]
    value = resolve(text)
    if type_ is float and type(value) is int:
        return float(value)
    if type(value) is not type_:
        raise TagError(f"the tag !!{name} requires {meaning}, but “{shorten(text)}” is not")
    return value


def check_collection(tag: str, type_: type) -> None:
    """Raise TagError unless the tag is the default one of a mapping or list."""
    name = tag.removeprefix(_CORE)
    if tag == "!" or (name != tag and _COLLECTIONS.get(name) is type_):
        return
    raise TagError(_problem(tag, name in _SCALARS or name in _COLLECTIONS or name == "str"))


def shorten(text: str) -> str:
    """A text shortened for a message."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _problem(tag: str, misplaced: bool) -> str:
    shown = shorten(tag.replace(_CORE, "!!", 1) if tag.startswith(_CORE) else tag)
    if misplaced:
        return f"the tag {shown} does not fit the value after it; remove it"
    return f"the tag {shown} is not supported; remove it, or quote the value"
