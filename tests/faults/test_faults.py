"""One mistake, one finding: the example is broken in one place, and one rule speaks."""

from __future__ import annotations

import pytest

from tests.faults.generated import Fault, generated
from tests.faults.meridian import fresh

FAULTS = list(generated())


def test_the_example_is_clean_before() -> None:
    assert fresh().check().findings == ()


def test_there_are_many_faults() -> None:
    assert len(FAULTS) >= 150
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_rule_named_speaks_and_no_other(fault: Fault) -> None:
    model = fresh()
    fault.make(model)
    spoken = {finding.rule for finding in model.check().findings}
    assert fault.rule in spoken
    assert spoken - {fault.rule} - fault.allowed == set()
