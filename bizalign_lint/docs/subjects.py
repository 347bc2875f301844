"""What clauses are about: the values that a path leads to, in words."""

from __future__ import annotations

from dataclasses import dataclass

from bizalign_lint.docs.clauses import Clause, opposite
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.paths import Path, Step
from bizalign_lint.schema.ontology import ObjectType


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clause is about."""

    text: str
    domain: Domain
    single: bool
    """Whether there is never more than one of it."""
    there: bool = False
    """Whether there is always one."""
    named: bool = True
    """Whether its text is short enough to say it again."""
    leads: bool = False
    """Whether it leads to other nodes, so that it may lead nowhere."""


ARITHMETIC = {
    "difference": "{} less {}",
    "distance": "the distance between {} and {}",
    "percent": "{} in percent of {}",
}
"""What is computed of two operands."""

AGGREGATES = {
    (function, dates): words
    for function, plain, dated in (
        ("count", "the number of {}", "the number of {}"),
        ("distinct", "the number of different {}", "the number of different {}"),
        ("sum", "the sum of {}", "the sum of {}"),
        ("min", "the least of {}", "the earliest of {}"),
        ("max", "the greatest of {}", "the latest of {}"),
    )
    for dates, words in ((False, plain), (True, dated))
}
"""What is computed of values, by function and whether they are dates."""


def one_of(subject: Subject) -> Subject:
    """One of the values of a subject."""
    if subject.single and subject.named:
        return subject
    return Subject("it", subject.domain, True, there=True)


def leads_elsewhere(path: Path, origins: Domain, domain: Domain) -> bool:
    """Whether a path goes to other nodes, and not just to what its node says itself."""
    if isinstance(path, Step) and path.inverse:
        return True
    if not all(isinstance(found, ObjectType) and found.name for found in domain):
        return False
    if not isinstance(path, Step):
        return True
    return not any(isinstance(o, ObjectType) and path.name in o.properties for o in origins)


def opening(subject: Subject) -> str:
    """How a clause about each of the values begins."""
    if not subject.single:
        return f"each of {subject.text}"
    return subject.text if subject.there else f"{subject.text}, if given,"


def at_least(subject: Subject, number: str) -> Clause:
    """That there are so many values or more."""
    if number != "1":
        return Clause(f"{subject.text} has at least {number} values")
    words = (
        ("reaches something", "reaches nothing") if subject.leads else ("is given", "is not given")
    )
    return Clause(f"{subject.text} {words[0]}", (), f"{subject.text} {words[1]}")


def at_most(subject: Subject, number: str) -> Clause:
    """That there are so many values or fewer."""
    if number != "0":
        return Clause(f"{subject.text} has at most {number} values")
    return opposite(at_least(subject, "1"))


def speaks_of(clause: Clause, subject: Subject) -> bool:
    """Whether a clause names what it is about already."""
    return clause.text.startswith((subject.text, f"each of {subject.text}"))


def described(subject: Subject, words: str, other: str, reached: bool) -> Clause:
    """What is said of each value, ``other`` being the opposite (empty: there are no good words)."""
    start = opening(subject)
    if not other or not subject.single:
        return Clause(f"{start} {words}")
    if reached and not subject.there:
        return Clause(f"{start} {words}", (), f"{subject.text} is given and {other}")
    return Clause(f"{start} {words}", (), f"{start} {other}")
