"""The changes that tests/mutants.py makes to the engine."""

from __future__ import annotations

import ast

from tests.mutants import PACKAGE, ROOT, known, mutants

TEXT = '''\
"""A module; 1 < 2."""

if TYPE_CHECKING:
    pass


def clear(ä: int = 1) -> bool:
    assert ä != 4
    if ä < 2 and empty(ä):
        return True
    return not ä


class One:
    def two(self) -> str:
        return f"{1}" if self.three else ""
'''


def test_comparisons_conditions_and_constants_are_changed() -> None:
    found = [mutant.name for mutant in mutants("a/b.py", TEXT)]
    assert found == [
        "a/b.py clear: 1 → 2",
        "a/b.py clear: ä < 2 and empty(ä) → ä < 2 or empty(ä)",
        "a/b.py clear: ä < 2 → ä <= 2",
        "a/b.py clear: 2 → 3",
        "a/b.py clear: True → False",
        "a/b.py clear: not ä → ä",
        "a/b.py One.two: self.three → not self.three",
    ]


def test_each_is_one_change_to_the_text() -> None:
    lines = TEXT.splitlines()
    for mutant in mutants("a/b.py", TEXT):
        ast.parse(mutant.text)
        changed = [i for i, line in enumerate(mutant.text.splitlines()) if line != lines[i]]
        assert len(changed) == 1, mutant.name


def test_each_known_survivor_is_a_change_and_has_a_reason() -> None:
    for name, reason in known().items():
        module = name.partition(" ")[0]
        text = (ROOT / PACKAGE / module).read_text(encoding="utf-8")
        assert name in {mutant.name for mutant in mutants(module, text)}
        assert reason
