"""One mistake, one finding: the example is broken in one place, and one rule speaks."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faults import table
from tests.faults.by_hand import FAULTS
from tests.faults.fault import Fault
from tests.faults.generated import generated
from tests.faults.meridian import Model, fresh
from tests.workspace import shipped

GENERATED = tuple(generated())


def broken(fault: Fault) -> Model:
    model = fresh()
    fault.make(model)
    return model


def test_the_example_is_clean_before() -> None:
    assert fresh().check().findings == ()


def test_there_are_many_faults() -> None:
    assert len(FAULTS) >= 130
    assert len(GENERATED) >= 150
    names = Counter(fault.name for fault in (*FAULTS, *GENERATED))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_rule_has_a_fault() -> None:
    """But for those about transitions, which no single model can break (see tests/revisions), those
    about what vendors say of their releases, which stands in a lock file beside the model, and
    those that run only where somebody asks for them: the example need not keep to them.
    """
    named = {fault.rule for fault in (*FAULTS, *GENERATED)}
    rules = shipped().rules.rules.values()
    assert named == {
        rule.id
        for rule in rules
        if not rule.transition and rule.lifecycles is None and not rule.optional
    }


def test_the_table_is_up_to_date() -> None:
    written = table.README.read_text(encoding="utf-8")
    assert written == table.render(FAULTS, GENERATED), f"run {table.COMMAND}"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("fault", [*FAULTS, *GENERATED][::60], ids=lambda fault: fault.name)
def test_a_run_says_the_same(fault: Fault) -> None:
    assert broken(fault).check().findings == tuple(broken(fault).findings())


@pytest.mark.sampled(60, 500)
@pytest.mark.parametrize("fault", [*FAULTS, *GENERATED], ids=lambda fault: fault.name)
def test_only_the_named_rule_reports(fault: Fault) -> None:
    model = broken(fault)
    findings = model.findings()
    spoken = Counter(finding.rule for finding in findings)
    assert spoken.keys() == {fault.rule} | fault.allowed.keys()
    assert spoken[fault.rule] == fault.findings
    pointed = {
        location.path
        for finding in findings
        if finding.rule == fault.rule
        for location in (finding.location, *(related.location for related in finding.related))
    }
    if fault.elsewhere:
        assert pointed.isdisjoint(model.changed()), "it need not be excused"
        assert fault.elsewhere in pointed
    else:
        assert not pointed.isdisjoint(model.changed())
