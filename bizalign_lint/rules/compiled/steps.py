"""Steps of paths, checked against the ontology: where a step leads, and how to take it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bizalign_lint.core.clock import MovingDay
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled import repeats, walks
from bizalign_lint.rules.compiled.derive import derive, remembered
from bizalign_lint.rules.compiled.meter import Meter
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Domain, Walked
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Step
from bizalign_lint.rules.language.paths import Sequence as PathSequence
from bizalign_lint.schema.derivations import Derivation
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType, Ontology, Property


class UnknownStepError(Exception):
    """None of the types that a step starts from has it."""

    def __init__(self, step: Step, origins: Domain) -> None:
        super().__init__(step.name)
        self.step = step
        self.origins = origins


class Walker:
    """Makes the functions of paths.

    ``as_of`` is the day for which derived values are computed, ``languages`` the configured
    language by namespace. ``back`` are the steps that lead to another revision.
    """

    def __init__(
        self,
        ontology: Ontology,
        as_of: str,
        back: frozenset[str] = frozenset(),
        languages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.ontology = ontology
        self.as_of = as_of
        self.languages = languages
        self.back = back
        self.meter = Meter()
        self._inherited: list[dict[Node, Any]] = []
        self._setup = (as_of, languages)
        self.taken: set[str] = set()
        """The steps of ``back`` that paths have taken."""
        self._paths: dict[tuple[Path, Domain], Walked] = {}
        self._steps: dict[tuple[str, bool, ObjectType], Walked | None] = {}

    def leads(self, path: Path, origins: Domain) -> Callable[[Any], bool]:
        """Whether a path leads to any value; stops at the first one."""
        match path:
            case PathSequence((first, *rest)):
                walked = self.path(first, origins)
                one = walked.walk
                other = self.leads(
                    PathSequence(tuple(rest)) if rest[1:] else rest[0], walked.domain
                )
                return lambda node: any(map(other, one(node)))
            case Alternative(parts):
                each = [self.leads(part, origins) for part in parts]
                return lambda node: any(leads(node) for leads in each)
        walked = self.path(path, origins)
        walk, get = walked.walk, walked.get
        if get is not None:
            return lambda node: get(node) is not None
        return lambda node: bool(walk(node))

    def path(self, path: Path, origins: Domain) -> Walked:
        """The function of a path that starts from any of the origins.

        Raises UnknownStepError.
        """
        key = (path, origins)
        known = self._paths.get(key)
        if known is None:
            known = self._paths[key] = self._made(path, origins)
        return known

    def _made(self, path: Path, origins: Domain) -> Walked:
        match path:
            case Step():
                return self._step(path, origins)
            case PathSequence(parts):
                return self._sequence(parts, origins)
            case Alternative(parts):
                each = [self.path(part, origins) for part in parts]
                domain = walks.union(walked.domain for walked in each)
                return Walked(walks.either([walked.walk for walked in each]), domain)
            case Repeat(part, least, many):
                return self._repeat(part, least, many, origins)

    def _sequence(self, parts: Sequence[Path], origins: Domain) -> Walked:
        walked: list[Walked] = []
        for part in parts:
            following = self.path(part, walked[-1].domain if walked else origins)
            # Steps within plain objects are combined, wherever they begin.
            if walked and walked[-1].keys and following.keys:
                following = walks.after(walked.pop(), following, self.meter.take)
            walked.append(following)
        whole = walked[0]
        for following in walked[1:]:
            whole = walks.after(whole, following, self.meter.take)
        return whole

    def _repeat(self, part: Path, least: int, many: bool, origins: Domain) -> Walked:
        if not many:
            once = self.path(part, origins)
            return Walked(repeats.maybe(once.walk), walks.union((origins, once.domain)))
        once, reached = self.again(part, origins)
        domain = once.domain if least else reached
        if once.get is not None:
            return Walked(repeats.chain(once.get, least, self.meter.take), domain)
        return Walked(repeats.closure(once.walk, least, self.meter.take), domain)

    def again(self, part: Path, origins: Domain) -> tuple[Walked, Domain]:
        """A repeated path: the function of one repetition, and the domain of all that it reaches.

        The domain includes the origins. Raises UnknownStepError.
        """
        reached = origins
        while True:
            once = self.path(part, reached)
            wider = walks.union((reached, once.domain))
            if wider == reached:
                return once, reached
            reached = wider

    def _step(self, step: Step, origins: Domain) -> Walked:
        found: dict[ObjectType, Walked] = {}
        for origin in origins:
            if isinstance(origin, ObjectType):
                walked = self.step(step, origin)
                if walked is not None:
                    found[origin] = walked
        if not found:
            raise UnknownStepError(step, origins)
        first = next(iter(found.values()))
        if len(origins) == 1:
            return first
        if len(found) == len(origins) and all(w.same_as(first) for w in found.values()):
            return first._replace(domain=walks.union(w.domain for w in found.values()))
        return walks.dispatch(found)

    def step(self, step: Step, origin: ObjectType) -> Walked | None:
        """One step from one type; None if the type does not have it."""
        key = (step.name, step.inverse, origin)
        if key not in self._steps:
            self._steps[key] = self._taken(step, origin)
        return self._steps[key]

    def _taken(self, step: Step, origin: ObjectType) -> Walked | None:
        if step.inverse:
            return walks.back(step.name, origin)
        property_ = origin.properties.get(step.name)
        if property_ is not None:
            return self._forward(property_, origin)
        if step.name in origin.inverses:
            referrers = origin.inverses[step.name]
            walk = walks.into([step.name], any(r.holder is not r.entity for r in referrers))
            return Walked(walk, walks.union((r.entity,) for r in referrers))
        if step.name == origin.parent and origin.holder is not None:
            return walks.held(origin)
        if step.name in self.back and origin.name and origin.name != WORKSPACE:
            self.taken.add(step.name)
            return walks.across(step.name, origin)
        return None

    def crosses(self, step: Step, origin: ObjectType) -> bool:
        """Whether a step leads from one revision to another."""
        known = {*origin.properties, *origin.inverses, origin.parent}
        return not step.inverse and step.name in self.back and step.name not in known

    def derived(self, derivation: Derivation, origin: ObjectType) -> Get:
        """The function of a derived property."""
        known: dict[Node, Any] = {}
        languages = self.ontology.languages
        get = derive(derivation, origin, self.as_of, languages, self.languages, known)
        traits = derivation.traits
        if traits.inherited:
            self._inherited.append(known)
            return get
        moves = traits.daily and isinstance(self.as_of, MovingDay)
        return get if moves else remembered(get, derivation, self._setup)

    def forget(self) -> None:
        """Forget inherited values, as the graph may have changed."""
        for known in self._inherited:
            known.clear()

    def _forward(self, property_: Property, origin: ObjectType) -> Walked:
        name = property_.name
        if property_.derivation is not None:
            return walks.to_one(self.derived(property_.derivation, origin), (property_,))
        if property_.relation is not None:
            domain = tuple(self.ontology.types[kind] for kind in property_.relation.to)
            get = None if property_.many else walks.one_edge(name)
            return Walked(walks.all_edges(name), domain, get)
        if property_.object is not None:
            if property_.links or origin.name == WORKSPACE:
                get = None if property_.many else walks.one_edge(name)
                return Walked(walks.all_edges(name), (property_.object,), get)
            if property_.many:
                return Walked(walks.all_children(property_), (property_.object,))
            return walks.to_one(walks.one_child(property_), (property_.object,), (name,))
        if property_.many:
            return Walked(walks.all_values(name), (property_,))
        return walks.one_value(name)._replace(domain=(property_,))
