"""RDF terms as text, in Turtle 1.1 (https://www.w3.org/TR/turtle/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = f"{XSD}string"
_BARE = frozenset((f"{XSD}integer", f"{XSD}decimal", f"{XSD}boolean"))
"""The datatypes of literals that Turtle writes without quotes, in the lexical forms we use."""


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI. Its maker must have escaped every character that IRIs do not allow."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: its lexical form and the IRI of its datatype."""

    text: str
    datatype: str = STRING


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node, with its statements."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """An RDF list."""

    items: tuple[Term, ...]


Term = Iri | Literal | Blank | Collection
Pair = tuple[Iri, Term]
Pairs = Sequence[Pair]

RDF_TYPE = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Writer:
    """Writes statements as text, shortening IRIs by prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def head(self) -> Iterator[str]:
        """The declarations of the prefixes, one line each."""
        for prefix, namespace in self._prefixes.items():
            yield f"@prefix {prefix}: <{namespace}> .\n"

    def subject(self, subject: Iri, pairs: Pairs) -> str:
        """The statements about a node, followed by an empty line."""
        return f"{self._iri(subject)} {self._pairs(pairs, 1)} .\n\n"

    def _pairs(self, pairs: Pairs, depth: int) -> str:
        by_predicate: dict[Iri, list[Term]] = {}
        for predicate, value in pairs:
            by_predicate.setdefault(predicate, []).append(value)
        return f" ;{_line(depth)}".join(
            f"{'a' if predicate == RDF_TYPE else self._iri(predicate)} "
            f"{self._values(values, depth)}"
            for predicate, values in by_predicate.items()
        )

    def _values(self, values: Iterable[Term], depth: int) -> str:
        """The values, each IRI and literal once, as in any RDF graph; blank nodes are all kept."""
        seen = set()
        written = []
        for value in values:
            if isinstance(value, (Iri, Literal)):
                if value in seen:
                    continue
                seen.add(value)
            written.append(self._term(value, depth))
        return ", ".join(written)

    def _term(self, term: Term, depth: int) -> str:
        match term:
            case Iri():
                return self._iri(term)
            case Literal(text, datatype):
                if datatype in _BARE:
                    return text
                quoted = f'"{_ESCAPED.sub(_escape, text)}"'
                return quoted if datatype == STRING else f"{quoted}^^{self._iri(Iri(datatype))}"
            case Blank(pairs):
                if len(pairs) < 2:
                    return f"[ {self._pairs(pairs, depth)} ]" if pairs else "[]"
                return f"[{_line(depth + 1)}{self._pairs(pairs, depth + 1)}{_line(depth)}]"
            case Collection(items):
                if not any(isinstance(item, Blank) and len(item.pairs) > 1 for item in items):
                    return f"( {' '.join(self._term(item, depth) for item in items)} )"
                lines = "".join(f"{_line(depth + 1)}{self._term(i, depth + 1)}" for i in items)
                return f"({lines}{_line(depth)})"

    def _iri(self, iri: Iri) -> str:
        for prefix, namespace in self._prefixes.items():
            if iri.value.startswith(namespace):
                local = iri.value[len(namespace) :]
                if _LOCAL.fullmatch(local):
                    return f"{prefix}:{local}"
        return f"<{iri.value}>"


def _line(depth: int) -> str:
    return "\n" + "    " * depth


def comment(text: str) -> str:
    """A text as a comment of one line."""
    return f"# {' '.join(text.split())}\n"


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}"
