"""What a tag does to a value: the core schema's tags are honoured, others are said to be none."""

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
    """A tag that means nothing here, or does not fit its value."""


def tagged_scalar(tag: str, text: str) -> Scalar:
    """The value of a scalar that has a tag."""
    name = tag.removeprefix(_CORE)
    if tag == "!" or (name == "str" and name != tag):
        return text
    if name == tag or name not in _SCALARS:
        raise TagError(_meaningless(tag, name in _COLLECTIONS))
    type_, meaning = _SCALARS[name]
    value = resolve(text)
    if type_ is float and type(value) is int:
        return float(value)
    if type(value) is not type_:
        raise TagError(f"the tag !!{name} asks for {meaning}, and “{shorten(text)}” is not")
    return value


def check_collection(tag: str, type_: type) -> None:
    """Raise TagError unless the tag says what a mapping or a list is anyway."""
    name = tag.removeprefix(_CORE)
    if tag == "!" or (name != tag and _COLLECTIONS.get(name) is type_):
        return
    raise TagError(_meaningless(tag, name in _SCALARS or name in _COLLECTIONS or name == "str"))


def shorten(text: str) -> str:
    """Text for a message."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _meaningless(tag: str, misplaced: bool) -> str:
    shown = shorten(tag.replace(_CORE, "!!", 1) if tag.startswith(_CORE) else tag)
    if misplaced:
        return f"the tag {shown} does not fit the value after it; remove it"
    return f"the tag {shown} has no meaning here; remove it, or put the value in quotes"
