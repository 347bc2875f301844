"""Write down in README.md which rule finds which fault: ``python -m tests.faults.table``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.by_hand import FAULTS
from tests.faults.fault import Fault
from tests.faults.generated import generated
from tests.workspace import shipped

README = Path(__file__).with_name("README.md")
COMMAND = "python -m tests.faults.table"

_INTRODUCTION = """\
# Seeded faults

[`examples/meridian`](../../examples/meridian) is clean. Each test here breaks it in one place, as
people break models. It demands that the rule named below speaks once and no other rule does, and
that the finding stands in the file that was broken or points at it. What goes beyond that is
written down with the fault, and the test holds it to that, too.

- [`domain/`](domain) holds {domain} faults, written by hand: at least one for every rule.
- [`generated.py`](generated.py) makes {generated} more from the schemas: every kind and every
  property, misspelt, of the wrong form, leading nowhere or to the wrong kind, wherever the example
  has it.

To add a fault, put it into the file of its guideline in `domain/`; then run
`{command}`, which writes this file.

```yaml
- fault: two capabilities have the same title      # what somebody did
  rule: MOD118                                     # the rule that has to say so
  findings: 1                                      # how often; 1 unless given
  allowed: {{MOD103: why the fault is this rule's too}}
  elsewhere: business/objectives.yaml              # its file, if it points at no broken one
  edits:                                           # one after the other
  - in: Capability:pricing                         # paths as in rules; an item by any value
    set: {{metadata/title: Selling, maturity/target: 4}}
    remove: [tier]
    append: {{supports: [sales]}}                    # values to a list
    take: {{realizedBy: [shop]}}                     # values from a list
  - in every: Disruption
    where: {{lens: financial}}                       # all of them, if left out
    set: {{lens: market}}
  - add: Objective:happy-dealers
    title: Dealers like to sell our machines
    owner: sales                                   # finance unless given
    spec: {{status: active}}
  - delete: Capability:pricing
  - rewrite: technology/licences.yaml              # a text that is in the file once
    from: 'usage: 1382'
    to: 'usage: 1500'
```

## Written by hand

"""


def render(domain: Sequence[Fault], generated_: Sequence[Fault]) -> str:
    """The whole file."""
    introduction = _INTRODUCTION.format(
        domain=len(domain), generated=len(generated_), command=COMMAND
    )
    lines = [*_by_hand(domain), "", "## Generated", "", *_by_kind(generated_)]
    return introduction + "\n".join(lines) + "\n"


def _by_hand(faults: Sequence[Fault]) -> Iterator[str]:
    yield "| fault | rule | |"
    yield "| --- | --- | --- |"
    rules = shipped().rules.rules
    for fault in sorted(faults, key=lambda fault: fault.rule):
        yield f"| {fault.name} | {fault.rule} {rules[fault.rule].name} | {_notes(fault)} |"


def _notes(fault: Fault) -> str:
    notes = [f"{fault.findings} findings"] if fault.findings > 1 else []
    notes += [f"{rule} too: {why}" for rule, why in fault.allowed.items()]
    notes += [f"found in `{fault.elsewhere}`"] if fault.elsewhere else []
    return "; ".join(notes)


def _by_kind(faults: Sequence[Fault]) -> Iterator[str]:
    """A line for each kind, a column for each rule."""
    rules = sorted({fault.rule for fault in faults})
    counts = Counter((_kind(fault), fault.rule) for fault in faults)
    names = shipped().rules.rules
    yield "| | " + " | ".join(f"{rule} {names[rule].name}" for rule in rules) + " |"
    yield "| --- |" + " ---: |" * len(rules)
    for kind in dict.fromkeys(map(_kind, faults)):
        yield f"| {kind} | " + " | ".join(str(counts[kind, r] or "") for r in rules) + " |"


def _kind(fault: Fault) -> str:
    return fault.name.partition(":")[0].partition(".")[0]


if __name__ == "__main__":
    README.write_text(render(FAULTS, tuple(generated())), encoding="utf-8")
