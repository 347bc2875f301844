"""Code actions: each does what its title says, tried on the model."""

from __future__ import annotations

import pytest

from bizalign_lint.core.types import Finding, Source, Span
from bizalign_lint.ide.actions import FIX_ALL, QUICK_FIX, Action, actions
from bizalign_lint.ide.snapshot import Snapshot

from .editor import applied, example, snapshot

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata:\n  name: {}\n  owner: sales-and-marketing\n"
ALL = Span(1, 1, 10_000, 1)


def flawed(text: str, kind: str = "Application", name: str = "x") -> Snapshot:
    """The example with one more definition."""
    more = {"typed.yaml": HEAD.format(kind, name) + text}
    return snapshot({**example(), **more}, judged=True)


def after(files: Snapshot, action: Action) -> Snapshot:
    return snapshot(applied(files, [*action.edits]), judged=True)


def keys(findings: Snapshot) -> set[tuple[str, str, str | None]]:
    return {(f.rule, f.message, f.entity) for f in findings.findings}


def key(finding: Finding) -> tuple[str, str, str | None]:
    return (finding.rule, finding.message, finding.entity)


def test_each_fix_resolves_its_finding() -> None:
    files = flawed("spec:\n  supports: [demand-generatoin]\n  critcality: businessCritical\n")
    found = [a for a in actions(files, "typed.yaml", ALL) if a.finding and a.finding.fix]
    fixes = [a for a in found if a.edits == a.finding.fix.edits]  # type: ignore[union-attr]
    assert {action.title for action in fixes} == {
        "Change it to demand-generation",
        "Rename it to criticality",
    }
    for action in fixes:
        assert action.kind == QUICK_FIX and action.preferred
        assert action.finding is not None
        assert key(action.finding) not in keys(after(files, action))


def test_safe_fixes_all_at_once() -> None:
    files = flawed("  title: on\n  description: off\nspec:\n  supports: [nowhere-near]\n")
    found = actions(files, "typed.yaml", ALL)
    (every,) = (action for action in found if action.kind == FIX_ALL)
    assert every.title == "Apply all 2 safe fixes in this file"
    mended = after(files, every).sources["typed.yaml"].content.decode()
    assert 'title: "on"\n  description: "off"\n' in mended and "[nowhere-near]" in mended
    assert sum(action.preferred for action in found) == 2


def test_a_fix_for_outdated_text_is_not_offered() -> None:
    files = flawed("  title: on\n")
    moved = files.sources["typed.yaml"].content.replace(b"kind:", b"# more\n# and more\nkind:")
    stale = files._replace(sources={**files.sources, "typed.yaml": Source("typed.yaml", moved)})
    titles = {action.title for action in actions(stale, "typed.yaml", ALL)}
    assert "Put on in quotes" in {action.title for action in actions(files, "typed.yaml", ALL)}
    assert "Put on in quotes" not in titles and "Apply the safe fix in this file" not in titles


def test_only_what_is_there() -> None:
    files = flawed("  title: on\nspec:\n  supports: [demand-generatoin]\n")
    line = next(f for f in files.findings if f.rule == "MOD109").location.span
    found = actions(files, "typed.yaml", line)
    assert {a.finding.rule for a in found if a.finding} == {"MOD109"}
    assert actions(files, "elsewhere.yaml", ALL) == []


REASON_WANTED = "MOD117"


def accepting(files: Snapshot, rule: str) -> Action:
    return next(
        action
        for action in actions(files, "typed.yaml", ALL)
        if action.finding and action.finding.rule == rule and action.title.startswith("Suppress ")
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "text",
    [
        "spec:\n  supports: [nowhere-near]\n",
        "spec:\n  supports: [\n    nowhere-near,\n  ]\n",
        "spec:\n  supports:\n    - nowhere-near  # a comment\n",
        "spec: {lifecycle: {active: 2020-01-01}}\n",
        "spec:\r\n  supports: [nowhere-near]\r\n",
    ],
)
def test_suppressing_works(text: str) -> None:
    files = flawed(text)
    rule = next(f.rule for f in files.findings if f.location.path == "typed.yaml")
    action = accepting(files, rule)
    assert action.finding is not None
    mended = after(files, action)
    assert f"# bizalign: ignore[{rule}] -- " in mended.sources["typed.yaml"].content.decode()
    assert key(action.finding) not in keys(mended)
    # The reason is still to be written, and that is asked for until it is.
    assert {new[0] for new in keys(mended) - keys(files)} == {REASON_WANTED}


def test_accepting_what_is_about_a_definition_but_is_in_a_nested_node() -> None:
    """Each finding of a definition with nested nodes can be accepted by its own action."""
    text = (
        "spec:\n  strategy: efficient-air\n  period: {start: 2026-01-01, end: 2026-06-30}\n"
        "  keyResults:\n    - name: a\n      due: 2027-01-01\n      title: Implement it\n"
        "    - name: b\n      due: 2026-03-01\n      title: on\n      nonsense: 1\n"
    )
    files = flawed(text, "Objective")
    here = [f for f in files.findings if f.location.path == "typed.yaml"]
    assert any("#" in (f.entity or "") for f in here) and len(here) > 5
    accepted = [a for a in actions(files, "typed.yaml", ALL) if a.title.startswith("Suppress ")]
    assert len(accepted) == len(here)
    for action in accepted:
        assert action.finding is not None
        assert key(action.finding) not in keys(after(files, action))


def creating(files: Snapshot) -> list[Action]:
    return [a for a in actions(files, "typed.yaml", ALL) if a.title.startswith("Define ")]


def test_what_is_missing_is_made_where_others_of_its_kind_live() -> None:
    files = flawed("spec:\n  supports: [air-audits]\n")
    (action,) = creating(files)
    path = "business/capabilities/air-audits.yaml"
    assert action.title == f"Define the capability air-audits, in {path}"
    (creation,) = action.creations
    assert creation.path == path and creation.is_new
    mended = after(files, action)
    text = mended.sources[path].content.decode()
    assert text.startswith(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n"
        "  name: air-audits\n  title: Air audits\n"
    )
    assert text.endswith("\n") and "$" not in text and " \n" not in text
    assert action.finding is not None
    assert key(action.finding) not in keys(mended)


def test_a_reference_that_may_mean_several_kinds() -> None:
    files = flawed("spec:\n  addresses: [storms]\n", "Objective")
    titles = [action.title for action in creating(files)]
    assert titles[0].startswith("Define the disruption storms, in business/disruptions/")
    assert len(titles) == 4
    named = flawed("spec:\n  addresses: [risk:storms]\n", "Objective")
    (action,) = creating(named)
    assert action.title.startswith("Define the risk storms, in ")


def test_the_namespace_that_is_meant() -> None:
    files = flawed("spec:\n  successor: norge/fjord\n")
    (action,) = creating(files)
    (edit,) = action.edits
    assert edit.location.path.startswith("subsidiaries/")
    assert "  name: fjord\n  namespace: norge\n" in edit.text
    assert action.finding is not None
    assert key(action.finding) not in keys(after(files, action))


def test_a_file_that_is_there_is_added_to() -> None:
    files = snapshot(
        {
            "typed.yaml": HEAD.format("Application", "x") + "spec: {successor: y}\n",
            "y.yaml": "some: other file",
        },
        judged=True,
    )
    action = next(action for action in creating(files) if " y, in " in action.title)
    assert action.creations == ()
    text = after(files, action).sources["y.yaml"].content.decode()
    assert text.startswith("some: other file\n---\napiVersion: bizalign/v1\nkind: Application\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_nested_is_made_in_its_holder(ending: str) -> None:
    holder = (
        HEAD.format("Objective", "o")
        + "spec:\n  keyResults:\n    - name: first  # one\n      title: >-\n        First\n\n"
        + "  # the end\n  status: draft\n"
    )
    user = HEAD.format("Initiative", "i") + "spec: {keyResults: [o#first, o#second-one]}\n"
    files = snapshot({"o.yaml": holder.replace("\n", ending), "typed.yaml": user}, judged=True)
    (action,) = (a for a in creating(files) if "key result" in a.title)
    assert action.title == "Define the key result second-one in o, in o.yaml"
    assert action.creations == ()
    mended = after(files, action)
    added = "        First\n    - name: second-one\n      title: Second one\n\n  # the end\n"
    assert added.replace("\n", ending) in mended.sources["o.yaml"].content.decode()
    assert action.finding is not None
    assert key(action.finding) not in keys(mended)


@pytest.mark.parametrize("spec", ["{}", "{keyResults: [{name: first}]}", "{keyResults: }"])
def test_what_is_nested_is_made_in_no_other_way(spec: str) -> None:
    holder = HEAD.format("Objective", "o") + f"spec: {spec}\n"
    user = HEAD.format("Initiative", "i") + "spec: {keyResults: [o#second, p#second]}\n"
    files = snapshot({"o.yaml": holder, "typed.yaml": user}, judged=True)
    assert not any("key result" in action.title for action in creating(files))


@pytest.mark.parametrize(
    "text", ["", "\n", "- [", "a: b\n", "\ufeff", "apiVersion: bizalign/v1\n: ["]
)
def test_files_with_nothing_in_them(text: str) -> None:
    files = snapshot({"typed.yaml": text}, judged=True)
    assert all(action.edits for action in actions(files, "typed.yaml", ALL))


def test_what_is_meant_is_offered_whatever_it_reveals() -> None:
    text = "spec:\n  lifecylce: {active: 2020-01-01, endOfLife: 2019-01-01}\n"
    files = flawed(text)
    judged = files._replace(
        judge=lambda changes: (
            snapshot(
                {
                    path: source.content.decode()
                    for path, source in {**files.sources, **changes}.items()
                },
                judged=True,
            ).findings
        )
    )
    found = actions(judged, "typed.yaml", ALL)
    (mended,) = [action for action in found if action.title == "Rename it to lifecycle"]
    assert mended.preferred
    assert any(rule == "MOD113" for rule, *_ in keys(after(files, mended)) - keys(files))
