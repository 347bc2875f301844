"""Tests a pack alone: whether its files can be used, and its cases pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bizalign_lint.cli.mapping_cases import try_mappings
from bizalign_lint.cli.rule_cases import Tried, try_rules
from bizalign_lint.core.words import counted
from bizalign_lint.packs.pack import Pack, cases, named, part
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style

if TYPE_CHECKING:
    from bizalign_lint.engine.load import Loaded


def load_pack(pack: Pack) -> Loaded:
    """The domain knowledge of a run with only this pack. Raises BizalignError for invalid files."""
    from datetime import date

    from bizalign_lint.core.settings import Settings
    from bizalign_lint.engine.judge import compile_rules
    from bizalign_lint.engine.load import load
    from bizalign_lint.mapping.read import read_rules
    from bizalign_lint.workspace.config import profile_config
    from bizalign_lint.workspace.profiles import read_profile
    from bizalign_lint.workspace.selectors import check_selectors

    loaded = load(part(pack, "schemas"), part(pack, "rules"))
    compile_rules(loaded, Settings(as_of=date(2026, 1, 1), preview=True))
    for name, source in named(pack, "mappings").items():
        read_rules(source, name, loaded.ontology)
    for source in named(pack, "profiles").values():
        check_selectors(
            profile_config(read_profile(source)),
            {rule.id: rule.params for rule in loaded.rules.rules.values()},
            [guideline.id for guideline in loaded.rules.guidelines],
            [measure.name for measure in loaded.rules.measures],
        )
    return loaded


def try_pack(pack: Pack, style: Style, verbose: bool) -> Tried:
    """Run the cases of a pack. Raises BizalignError, with the place, for invalid files."""
    loaded = load_pack(pack)
    files = part(pack, "rules")
    paths = {source.path for source in files}
    rules = [r for r in loaded.rules.rules.values() if r.document.source.path in paths]
    tests = {source.path: found for source in files if (found := cases(pack, source)) is not None}
    told = try_rules(loaded, rules, tests, style, verbose)
    mappings = {source: cases(pack, source) for source in named(pack, "mappings").values()}
    pairs = [(source, found) for source, found in mappings.items() if found is not None]
    mapped = try_mappings(loaded.ontology, pairs, verbose)
    untested = [source.path for source, found in mappings.items() if found is None]
    lines = (
        *told.lines,
        *mapped.lines,
        *(f"{clean(path)}: has no cases; add a file that ends in .test.yaml" for path in untested),
    )
    passed, failed = told.passed + mapped.passed, told.failed + mapped.failed + len(untested)
    holds = ", ".join(
        (
            counted(len(part(pack, "schemas")), "schema"),
            counted(len(rules), "rule"),
            counted(len(mappings), "mapping"),
            counted(len(named(pack, "profiles")), "profile"),
        )
    )
    total = f"{clean(pack.name)} {pack.version} ({holds}): {passed} passed, {failed} failed"
    return Tried((*lines, total), passed, failed)
