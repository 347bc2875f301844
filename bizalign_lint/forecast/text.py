"""The forecast as text, for people: findings by quarter, and numbers of lapses by month."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.forecast.words import campaigns, facts, lapses, quarters, summary, way
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View


def render(outlook: Outlook, view: View) -> Iterator[str]:
    """The forecast as text."""
    for name, events in quarters(facts(outlook)):
        yield view.style("strong", name) + "\n"
        for event in events:
            yield from _event(event, view)
        yield "\n"
    found = lapses(outlook)
    if found:
        yield view.style("strong", "Lapses, if nobody acts") + "\n"
        room = len(str(max(one.number for one in found)))
        for one in found:
            name = view.style("faint", one.name)
            yield f"  {one.month}  {one.number:{room}}  {one.rule} {name}\n"
        yield "\n"
    if outlook.rises:
        yield view.style("strong", "Becoming more severe, as configured") + "\n"
        for rise in campaigns(outlook.rises):
            change = f"{rise.was} → {view.style.severity(rise.severity, rise.severity)}"
            yield f"  {rise.day}  {rise.number}  {rise.rule} {view.style('faint', rise.name)}"
            yield f"  {change}\n"
        yield "\n"
    yield f"{summary(outlook)}\n"


def _event(event: Event, view: View) -> Iterator[str]:
    finding = event.finding
    at = finding.location
    label = view.style.severity(finding.severity, f"{finding.severity}[{finding.rule}]")
    until = f" (until {event.last})" if event.last else ""
    yield f"  {event.first}{until} {label} {clean(finding.message)}\n"
    if chain := way(event):
        yield f"    {view.style('related', clean(chain))}\n"
    place = f"{clean(view.path(at.path))}:{at.span.line}:{at.span.column}"
    owner = f", {clean(event.owner)}" if event.owner else ""
    yield f"    {view.style('faint', f'{place}{owner}')}\n"
