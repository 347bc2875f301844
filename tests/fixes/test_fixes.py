"""What is mended, how, and what is left alone."""

from __future__ import annotations

import textwrap

import pytest

from bizalign_lint.core.dates import Period, iso, period_of, readings
from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Change, Edit, Fix, Location, Operation, Source, Span
from bizalign_lint.engine.judge import run
from bizalign_lint.fixes.apply import Outcome, fix_all, fix_file
from tests.workspace import DAY, shipped

HEAD = "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: sell\n"


def outcome(
    *contents: bytes | str, unsafe: bool = False, select: str | tuple[str, ...] = "MOD"
) -> Outcome:
    """Files after their fixes."""
    sources = tuple(
        Source(f"{number}.yaml", text.encode() if isinstance(text, str) else text)
        for number, text in enumerate(contents)
    )

    chosen = (select,) if isinstance(select, str) else select

    def check(now: tuple[Source, ...] | list[Source]) -> Report:
        return run(shipped(), tuple(now), Settings(as_of=DAY, select=chosen))

    return fix_all(sources, check(sources), lambda now: check([*now]), unsafe)


def fixed(text: str, unsafe: bool = False, select: str = "MOD") -> str:
    """One file after its fixes."""
    found = outcome(textwrap.dedent(text), unsafe=unsafe, select=select)
    again = outcome(found.sources[0].content, unsafe=unsafe, select=select)
    assert again.changed == ()
    return found.sources[0].content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{country: no}", '{country: "no"}'),
        ("{country:   no   }   # Norway", '{country:   "no"   }   # Norway'),
        ("{on: x}", '{"on": x}'),
        ("{&x on: x}", '{&x "on": x}'),
        ("{version: 012, time: 12:30}", '{version: "012", time: "12:30"}'),
        ("{a: &x no, b: *x}", '{a: &x "no", b: *x}'),
        ("{a: .nan, b: no}", '{a: .nan, b: "no"}'),
        ("{a: !!str no}", "{a: !!str no}"),
        ("{a: 'no'}", "{a: 'no'}"),
    ],
)
def test_what_yaml_11_reads_otherwise_is_quoted(before: str, after: str) -> None:
    text = HEAD + "  labels: %s\nspec: {}\n"
    assert fixed(text % before) == text % after


TYPED = """\
apiVersion: bizalign/v1
kind: Objective
metadata:
  name: grow
  title: {title} # a
  tags: {tags}
spec:
  keyResults: [{{name: sales, target: {target}}}]
---
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: sell}}
spec: {{level: {level}, tier: {tier}}}
"""
RIGHT = {"title": "Grow", "tags": "[]", "level": "1", "target": "1", "tier": "core"}


@pytest.mark.parametrize(
    ("property_", "before", "after"),
    [
        ("title", "12", '"12"'),
        ("title", "-1.50", '"-1.50"'),
        ("tags", "x", "[x]"),
        ("tags", "'a b'", "['a b']"),
        ("tags", "\n    x", "\n    [x]"),
        ("level", "'1'", "1"),
        ("level", "'0x2'", "0x2"),
        ("target", '"1.5"', "1.5"),
        ("target", "'1e3'", "1e3"),
    ],
)
def test_what_quotes_or_brackets_make_another_type_of_loses_or_gets_them(
    property_: str, before: str, after: str
) -> None:
    text = TYPED.format(**RIGHT | {property_: before})
    assert fixed(text) == TYPED.format(**RIGHT | {property_: after})


@pytest.mark.parametrize(
    ("property_", "text"),
    [
        *(("title", value) for value in ("~", "[a, b]", "{}", "\n    - a\n    - b")),
        *(("tags", value) for value in ("1", "~", "{}", "|\n    x", "'a\n    b'")),
        ("tier", "12"),
        *(("level", value) for value in ("one", "'x'", "''", "'~'", "'true'", "'1.5'", "'.inf'")),
        *(("target", value) for value in ("'.nan'", "'1e999'", f"'{'1' * 5_000}'", "['1']")),
    ],
)
def test_a_value_of_another_type_is_left_to_a_person(property_: str, text: str) -> None:
    whole = TYPED.format(**RIGHT | {property_: text})
    assert fixed(whole, select="MOD106") == whole


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (
            "Application",
            "  lifecycle:\n    - phase: active\n      date: 2020-01-01\n  # why",
            '  lifecycle: {active: "2020-01-01"}\n  # why',
        ),
        (
            "Application",
            "  lifecycle: [{phase: active, date: 2020-01-01}] # why",
            '  lifecycle: {active: "2020-01-01"} # why',
        ),
        (
            "Application",
            "  lifecycle:\n    active:\n      date: 2020-01-01",
            '  lifecycle:\n    active: "2020-01-01"',
        ),
        (
            "Objective",
            "  keyResults:\n    a: {target: 1}\n    b:\n      target: 2\n\n  manual: yes",
            "  keyResults: [{name: a, target: 1}, {name: b, target: 2}]\n\n  manual: yes",
        ),
        ("Application", "  lifecycle:\n    - phase: active # why\n      date: 2020-01-01", None),
        ("Objective", "  keyResults: {a: {name: b}}", None),
        ("Objective", "  period: 2026", None),
        ("Objective", "  keyResults:\n    - Grow fast", None),
    ],
)
def test_a_value_is_written_in_its_form_unless_a_comment_or_some_meaning_would_be_lost(
    kind: str, before: str, after: str | None
) -> None:
    text = f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: grow}}\nspec:\n"
    found = fixed(f"{text}{before}\n", select="MOD106")
    assert found == f"{text}{before if after is None else after}\n"


def test_a_form_that_says_more_than_was_said_is_written_on_demand() -> None:
    text = OBJECTIVE + "  period: 2026  # why\n  keyResults:\n    - Grow fast # why\n"
    assert fixed(text, unsafe=True, select="MOD106") == (
        OBJECTIVE + '  period: {start: "2026-01-01", end: "2026-12-31"}  # why\n'
        "  keyResults:\n    - {name: grow-fast, title: Grow fast} # why\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Sales   # bizalign: ignore[MOD120] -- so it is\n", "title: Sales\n"),
        ("# bizalign: ignore[MOD120] -- so it is\n  title: Sales\n", "title: Sales\n"),
        (
            "title: Manage orders # bizalign: ignore[MOD111, MOD120] -- so\n",
            "title: Manage orders # bizalign: ignore[MOD120] -- so\n",
        ),
        ("title: Sales # bizalign: ignore[MOD111, MOD120] -- so\n", "title: Sales\n"),
        (
            "description: |\n    # bizalign: ignore[MOD120] -- text\n",
            "description: |\n    # bizalign: ignore[MOD120] -- text\n",
        ),
    ],
)
def test_suppressions_of_no_use_are_removed(before: str, after: str) -> None:
    found = fixed(f"{HEAD}  {before}spec: {{}}\n", unsafe=True)
    assert found == f"{HEAD}  {after}spec: {{}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ignore[MOD120]", None),
        ("ignore[MOD120] -- so it is", "ignore[MOD120] -- so it is"),
        ("ignore[mod120] -- so it is", "ignore[mod120] -- so it is"),
        ("ignore[MOD111, MOD120] -- so it is", "ignore[MOD120] -- so it is"),
        ("ignore[MOD120] -- until=2020-01-01", "ignore[MOD120] -- until=2020-01-01"),
    ],
)
def test_no_reason_that_somebody_wrote_is_deleted_by_a_safe_fix(
    before: str, after: str | None
) -> None:
    text = HEAD + "  title: Sales%s\nspec: {}\n"
    wanted = text % ("" if after is None else f"   # bizalign: {after}")
    assert fixed(text % f"   # bizalign: {before}") == wanted


def test_the_rule_that_was_meant_is_put_in_on_demand() -> None:
    text = HEAD + "  title: Manage orders   # bizalign: ignore[%s] -- so it is\nspec: {}\n"
    assert fixed(text % "mod120, MOD111", unsafe=True) == text % "MOD120"


def test_a_last_line_without_a_break_stays_one() -> None:
    text = HEAD + "spec: {}%s"
    assert fixed(text % "\r\n# bizalign: ignore[MOD120] -- x", unsafe=True) == text % ""
    assert fixed(text % "\n# bizalign: ignore[MOD120] -- x\n", unsafe=True) == text % "\n"


OBJECTIVE = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {name: grow}
spec:
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  capabilities: [a, b, a, 'a' , c]", "  capabilities: [a, b , c]"),
        ("  capabilities: [a,\n    b,\n    a]", "  capabilities: [a,\n    b]"),
        ("  capabilities:\n  - a\n  - b\n  - a\n  - c", "  capabilities:\n  - a\n  - b\n  - c"),
        (
            "  capabilities:\n    - a\n    # below\n    - a   # why",
            "  capabilities:\n    - a\n    # below\n    # why",
        ),
        ("  capabilities: [a, # one\n    a]", "  capabilities: [a, # one\n    a]"),
    ],
)
def test_what_is_listed_twice_is_listed_once(before: str, after: str) -> None:
    assert fixed(f"{OBJECTIVE}{before}\n", select="MOD106") == f"{OBJECTIVE}{after}\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/06/30", "2026-06-30"),
        ("2026-6-1", "2026-06-01"),
        ("2026.6.1", "2026-06-01"),
        ("30.06.2026", "2026-06-30"),
        ("06/30/2026", "2026-06-30"),
        ("5.5.2026", "2026-05-05"),
        ("30 June 2026", "2026-06-30"),
        ("Jun 30, 2026", "2026-06-30"),
        ("2026-06-30T00:00:00Z", "2026-06-30"),
        ("20260630", "2026-06-30"),
        ("20261330", None),
        ("2026-06-30T12:00:00Z", None),
        ("03.04.2026", None),
        ("3/4/2026", None),
        ("2026-02-30", None),
        ("2026/06-30", None),
        ("30.06.26", None),
        ("ma 3, 2026", None),
        ("Q2 2026", None),
    ],
)
def test_a_date_that_can_be_but_one_day_is_read(text: str, day: str | None) -> None:
    assert iso(text) == day


def test_a_date_that_can_be_two_days_is_read_both_ways() -> None:
    assert readings("3/4/2026") == ("2026-03-04", "2026-04-03")
    assert readings("31.12.2026") == ("2026-12-31",)
    assert readings("31.31.2026") == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("02/2026", ("2026-02-01", "2026-02-28")),
        ("Q4 2026", ("2026-10-01", "2026-12-31")),
        ("2026-q1", ("2026-01-01", "2026-03-31")),
        ("June 2026", ("2026-06-01", "2026-06-30")),
        ("2026-13", None),
        ("0000", None),
        ("someday 2026", None),
        ("2026-06-30", None),
    ],
)
def test_a_month_a_quarter_or_a_year_has_a_first_and_a_last_day(
    text: str, days: tuple[str, str] | None
) -> None:
    assert period_of(text) == (None if days is None else Period(*days))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026/06/30", "2026-06-30"),
        ("'30.06.2026'  # x", "'2026-06-30'  # x"),
        ('"2026-6-1"', '"2026-06-01"'),
        ("03.04.2026", "03.04.2026"),
    ],
)
def test_dates_become_iso_in_the_quotes_they_have(before: str, after: str) -> None:
    text = (
        OBJECTIVE + "  period: {start: 2026-01-01}\n  keyResults:\n    - {name: a, due: %s\n    }\n"
    )
    assert fixed(text % before) == text % after


def test_a_date_in_text_is_no_date() -> None:
    text = HEAD + "  title: 2026/06/30\nspec: {}\n"
    assert fixed(text) == text


def test_near_misses_are_unsafe() -> None:
    text = """\
        apiVersion: bizalign/v1
        kind: Capabilty   # a kind
        metadata:
          name: sell
          owner: "saels"
        spec:
          tier: 'strategical'
          maturty: {current: 2}
        ---
        apiVersion: bizalign/v1
        kind: OrganizationUnit
        metadata: {name: sales, owner: sales}
        spec: {}
        """
    assert fixed(text) == textwrap.dedent(text)
    found = fixed(text, unsafe=True)
    wanted = textwrap.dedent(text).replace("Capabilty", "Capability").replace("saels", "sales")
    assert found == wanted.replace("strategical", "strategic").replace("maturty", "maturity")


def test_a_key_that_is_there_already_is_not_written_twice() -> None:
    text = HEAD + "spec:\n  maturity: {current: 1}\n  maturty: {current: 2}\n"
    assert fixed(text, unsafe=True) == text


def test_two_keys_that_would_become_one_are_not_renamed_both() -> None:
    text = HEAD + "spec:\n  maturyti: {current: 1}\n  maturty: {current: 2}\n"
    assert fixed(text, unsafe=True).count("maturity") == 1


def test_what_an_anchor_shares_is_left_alone() -> None:
    text = OBJECTIVE + "  period: {start: &x 2026/01/01, end: *x}\n"
    assert fixed(text, unsafe=True) == text
    text = OBJECTIVE.replace("{name: grow}", "&x {title: Grow}") + "  keyResults: [&y {title: z}]\n"
    assert fixed(text, unsafe=True, select="MOD106") == text


def test_what_is_missing_is_added_to_be_filled_in() -> None:
    text = "# ours\napiVersion: bizalign/v1\nkind: Capability   # a kind\n"
    found = fixed(text, unsafe=True, select="MOD106")
    assert found.startswith(text)
    assert "metadata:\n  name: TODO\n" in found
    assert "spec: {}\n" in found
    assert fixed(text) == text


def test_a_missing_name_in_a_list_and_in_brackets() -> None:
    text = (
        OBJECTIVE + "  keyResults:\n    - title: |\n        x\n      unit: EUR\n    - {title: y}\n"
    )
    assert fixed(text, unsafe=True, select="MOD106") == (
        OBJECTIVE
        + "  keyResults:\n    - title: |\n        x\n      unit: EUR\n      name: TODO\n"
        + "    - {title: y, name: TODO}\n"
    )


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_breaks_byte_order_mark_and_end_stay(break_: str, mark: str, end: str) -> None:
    text = HEAD + "  labels: {a: %s}   # ü 🧨 \u2028\n\n\nspec:   {}" + end
    before = (mark + (text % "no").replace("\n", break_)).encode()
    after = (mark + (text % '"no"').replace("\n", break_)).encode()
    assert outcome(before).sources[0].content == after


def replacing(written: str, *changes: Change, line: int = 1) -> Fix:
    """A fix that writes something in place of a value of one character."""
    return Fix("", (Edit(Location("a.yaml", Span(line, 4, line, 5)), written),), True, changes)


def put(value: object) -> Change:
    return Change(0, ("a",), Operation.PUT, value)


@pytest.mark.parametrize(
    ("written", "meant", "is_applied"),
    [
        ("z", "z", True),
        ("1", 1, True),
        (".nan", float("nan"), True),
        ("[z", "z", False),
        ("1", "1", False),
        ("true", 1, False),
        ("1.0", 1, False),
        ("{c: 1}", {"c": 1}, True),
        ("{c: 1.0}", {"c": 1}, False),
        ("{c: 1, d: 2}", {"c": 1}, False),
        ("{d: 1}", {"c": 1}, False),
        ("[1, z]", [1, "z"], True),
        ("[1.0]", [1], False),
        ("[1, 2]", [1], False),
        ("[1]", [1, 2], False),
        ("[{c: 1.0}]", [{"c": 1}], False),
        ("z\nb: y", "z", False),
        ("z\nb: y\n---\nb: y", "z", False),
        ("z\n---", "z", False),
    ],
)
def test_a_fix_that_changes_anything_else_is_not_made(
    written: str, meant: object, is_applied: bool
) -> None:
    source = Source("a.yaml", b"a: x\nb: y\n")
    fixed = fix_file(source, [replacing("w", line=2), replacing(written, put(meant))])
    assert fixed.content.decode() == (f"a: {written}\nb: y\n" if is_applied else "a: x\nb: y\n")


def test_of_two_fixes_of_one_stretch_the_first_is_made() -> None:
    source = Source("a.yaml", b"a: x\n")
    first, second = (replacing(text, put(text)) for text in ("y", "z"))
    assert fix_file(source, [first, second]).applied == (first,)


def test_what_is_accepted_is_not_fixed() -> None:
    text = HEAD + "  labels: {a: no}   # bizalign: ignore[MOD103] -- so be it\nspec: {}\n"
    assert fixed(text) == text


def test_other_documents_of_a_file_stay() -> None:
    text = "a: no\nb: [1, 1]\n---\n" + HEAD + "  labels: {a: no}\nspec: {}\n---\nc: on\n...\n"
    assert fixed(text) == text.replace("{a: no}", '{a: "no"}')


def test_a_number_torn_by_its_comma_is_quoted_with_its_entry() -> None:
    text = HEAD.replace("Capability", "BusinessModel")
    torn = text + "spec:\n  channels: [Shop, 1,900,000 fish,   Contracts for 1,900 boats]\n"
    whole = torn.replace("1,900,000 fish", '"1,900,000 fish"')
    whole = whole.replace("Contracts for 1,900 boats", '"Contracts for 1,900 boats"')
    assert fixed(torn) == whole
    unquotable = torn.replace("Shop, 1,900,000 fish,   Contracts for", 'Shop, The "Contracts" for')
    assert fixed(unquotable) == unquotable
