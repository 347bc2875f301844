"""Property paths as SHACL writes them (https://www.w3.org/TR/shacl/#property-paths)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bizalign_lint.exporters.comparands import NotExpressible
from bizalign_lint.exporters.turtle import Blank, Collection, Iri, Term
from bizalign_lint.exporters.vocabulary import inverse, property_, sh
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step
from bizalign_lint.schema.ontology import ObjectType, Ontology

_REPEATS: Mapping[tuple[int, bool], str] = {
    (0, True): "zeroOrMorePath",
    (1, True): "oneOrMorePath",
    (0, False): "zeroOrOnePath",
}


def object_types(ontology: Ontology) -> Iterator[ObjectType]:
    """Every type of object that can occur in a model, the workspace included."""
    ahead = list(ontology.types.values())
    seen: set[int] = set()
    for type_ in ahead:
        if id(type_) not in seen:
            seen.add(id(type_))
            yield type_
            ahead.extend(p.object for p in type_.properties.values() if p.object is not None)


@dataclass(frozen=True, slots=True)
class Predicates:
    """The predicates that a step may stand for, whatever kind it starts from."""

    properties: frozenset[str]
    inverses: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> Predicates:
        """All predicates that a model can have."""
        types = list(object_types(ontology))
        return cls(
            frozenset(name for type_ in types for name in type_.properties),
            frozenset(name for type_ in types for name in (*type_.inverses, type_.parent) if name),
        )

    def step(self, step: Step) -> tuple[Term, ...]:
        """The paths that a step may stand for: a property, an inverse, or both.

        A name may be a property of one kind and an inverse of another. Raises NotExpressible if it
        is neither.
        """
        if step.inverse:
            return (Blank(((sh("inversePath"), property_(step.name)),)),)
        found: list[Term] = []
        if step.name in self.properties:
            found.append(property_(step.name))
        if step.name in self.inverses:
            found.append(inverse(step.name))
        if not found:
            raise NotExpressible(f"the data has no property or inverse named {step.name}")
        return tuple(found)

    def single(self, path: Path) -> Iri | None:
        """The predicate that a path consists of; None if it is more than one predicate."""
        if isinstance(path, Step):
            found = self.step(path)
            if len(found) == 1 and isinstance(found[0], Iri):
                return found[0]
        return None

    def path(self, path: Path) -> Term:
        """A path as the value of ``sh:path``."""
        match path:
            case Step():
                return either(self.step(path))
            case Sequence(parts):
                return Collection(tuple(self.path(part) for part in parts))
            case Alternative(parts):
                return either(tuple(self.path(part) for part in parts))
            case Repeat(part, least, many):
                return Blank(((sh(_REPEATS[least, many]), self.path(part)),))


def either(paths: tuple[Term, ...]) -> Term:
    """The path that follows any of several paths."""
    if len(paths) == 1:
        return paths[0]
    return Blank(((sh("alternativePath"), Collection(paths)),))
