"""The words about a measure of alignment."""

from __future__ import annotations

from bizalign_lint.core.report import Coverage


def parts(measure: Coverage) -> tuple[float, float, float]:
    """What conforms, what does not, and of what that is not known."""
    return measure.held, measure.broken, measure.unknown


def asked(measure: Coverage) -> str:
    """What is asked for and not reached; empty where there is nothing to say."""
    if measure.fails:
        found = ", and nothing is known" if measure.unmeasurable else ""
        return f"the minimum is {measure.threshold:g} %{found}"
    return "not measurable: nothing is known" if measure.unmeasurable else ""
