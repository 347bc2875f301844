"""All sources of a workspace: the files that they claim, and the definitions in those files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bizalign_lint.core import conditions, shipped
from bizalign_lint.core.errors import MappingError, raise_all
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Place, Source
from bizalign_lint.mapping.additions import completes, with_additions
from bizalign_lint.mapping.apply import MappingRun
from bizalign_lint.mapping.language import Rules, assumed
from bizalign_lint.mapping.mapped import Mapped
from bizalign_lint.mapping.misspelt import misspelt
from bizalign_lint.mapping.read import error, read_rules, setting_at, unknown
from bizalign_lint.mapping.summary import SourceSummary
from bizalign_lint.parsing.documents import Parsed, parse_all
from bizalign_lint.readers import formats
from bizalign_lint.readers.records import Format, Read
from bizalign_lint.schema.ontology import Ontology

_YAML = (".yaml", ".yml")


class ReadFiles(NamedTuple):
    """The content of other tools' files."""

    parsed: dict[str, Parsed]
    """By path."""
    runs: list[MappingRun]
    """One for each entry of the configuration, in its order."""

    def is_broken(self, path: str) -> bool:
        """Whether a file, or a record in it, could not be read."""
        flaws = self.parsed[path].flaws
        return any(flaw.condition == conditions.SYNTAX for flaw in flaws)

    def summaries(self) -> Iterator[SourceSummary]:
        """A summary for each entry of the configuration, in its order.

        Here, since a check does not need to know what no entry of a mapping reads.
        """
        for run in self.runs:
            if _format(run.rules).of_rows:
                unread = dict.fromkeys(_unread(run.rules, run.definitions))
                yield replace(run.summary, unread=unread)
            else:
                wrong = dict(sorted({*misspelt(run.rules, run.definitions)}))
                yield replace(run.summary, misspelt=wrong)


@dataclass(slots=True)
class Landscape:
    """The sources of a workspace with their mappings, ready to read files."""

    specs: Sequence[SourceSpec]
    rules: Sequence[Rules]
    ontology: Ontology
    _read: dict[str, tuple[bytes, int, Read]]
    """The last content of each file by path, the index of its entry, and its records."""

    def claims(self, path: str) -> bool:
        """Whether a file is read as another tool's file."""
        return self._claimant(path) is not None

    def _claimant(self, path: str) -> int | None:
        """The index of the first entry that a file belongs to; None if there is none."""
        for index, spec in enumerate(self.specs):
            if spec.read.match(path):
                return index
        return None

    def read_files(self, sources: Collection[Source]) -> ReadFiles:
        """The content of other tools' files.

        ``sources`` must be all files, as a record may refer to one in any other file.
        """
        files: list[list[tuple[Source, Read]]] = [[] for _ in self.specs]
        for source in sources:
            index = self._claimant(source.path)
            if index is not None:
                files[index].append((source, self._records(source, index)))
        result = ReadFiles({}, [])
        for spec, rules, within in zip(self.specs, self.rules, files, strict=True):
            applied = MappingRun(rules, spec, _format(rules), self.ontology)
            applied.run(within)
            result.runs.append(applied)
            for source, read in within:
                unread = [] if rules.leaves_file(source.path, read.records) else read.flaws
                flaws = [*unread, *applied.flaws.get(source.path, ())]
                result.parsed[source.path] = Parsed([], flaws)
            for document in applied.kept:
                result.parsed[document.source.path].documents.append(document)
            for mapped in applied.definitions:
                result.parsed[mapped.document.source.path].documents.append(mapped.document)
        return result

    def parse_all(self, sources: Collection[Source]) -> Iterator[Parsed]:
        """All files parsed, in the order given: definition files and those of other tools."""
        foreign = self.read_files(sources).parsed
        ours = [
            source
            if source.path not in foreign or source.path.endswith(_YAML)
            else source._replace(content=b"")
            for source in sources
        ]
        yield from with_additions(
            [
                _joined(parsed, foreign.get(source.path))
                for source, parsed in zip(ours, parse_all(ours), strict=True)
            ]
        )

    def matters(self, source: Source | None) -> bool:
        """Whether definitions of other tools' files may depend on a definition file."""
        return source is not None and completes(source.content)

    def _records(self, source: Source, index: int) -> Read:
        known = self._read.get(source.path)
        if known is None or known[0] is not source.content or known[1] != index:
            rules = self.rules[index]
            known = (source.content, index, _format(rules).read(source, rules.options))
            self._read[source.path] = known
        return known[2]


def _unread(rules: Rules, definitions: Iterable[Mapped]) -> Iterator[str]:
    """The columns of tables that a mapping does not read, in order; they may be repeated."""
    for mapped in definitions:
        read = rules.reads(mapped.element)
        yield from (str(one) for one in mapped.record.fields if one not in read)


def _joined(ours: Parsed, theirs: Parsed | None) -> Parsed:
    """The definitions of one file that was read both as ours and as another tool's."""
    if theirs is None:
        return ours
    documents, flaws = [*ours.documents, *theirs.documents], [*ours.flaws, *theirs.flaws]
    return replace(ours, documents=documents, flaws=flaws)


def _format(rules: Rules) -> Format:
    return formats.find(rules.reader)


def read_landscape(specs: Sequence[SourceSpec], ontology: Ontology) -> Landscape:
    """The sources that a configuration names, with their mappings.

    Raises MappingError, with the place, if a mapping or its use in the configuration is wrong.
    """
    known = shipped.mappings()
    rules = []
    errors: list[MappingError] = []
    for spec in specs:
        if spec.mapping is None and spec.name not in known:
            errors.append(unknown(_place_of(spec, "as"), "shipped mapping", spec.name, known))
            continue
        read = read_rules(spec.mapping or known[spec.name], spec.name, ontology)
        named = read.options.get("columns", {})
        if spec.columns:
            read.options["columns"] = {**named, **_columns(spec, named)}
        rules.append(read)
        errors += _misused(spec, named, ontology)
    raise_all(errors)
    return Landscape(specs, rules, ontology, {})


def _place_of(spec: SourceSpec, *pointer: str | int) -> Place:
    assert spec.place is not None
    return spec.place._replace(pointer=(*spec.place.pointer, *pointer))


def _columns(spec: SourceSpec, named: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The names of the columns in a source, each followed by its names in the mapping."""
    return {
        name: [*([own] if isinstance(own, str) else own), *named.get(name, ())]
        for name, own in spec.columns.items()
    }


def _misused(
    spec: SourceSpec, columns: Collection[str], ontology: Ontology
) -> Iterator[MappingError]:
    for name in spec.columns:
        if name not in columns:
            yield unknown(
                _place_of(spec, "columns", name)._replace(key=True), "column", name, columns
            )
    for index, entry in enumerate(spec.open):
        kind = entry.partition(":")[0]
        if kind not in ontology.kinds:
            yield unknown(_place_of(spec, "open", index), "kind", kind, ontology.kinds)
    for key, (kind, path, value) in zip(spec.assume, assumed(spec.assume), strict=True):
        place = _place_of(spec, "assume", key)
        if kind not in ontology.kinds:
            yield unknown(place, "kind", kind, ontology.kinds)
            continue
        found = setting_at(ontology.kinds[kind].type, ".".join(map(str, path)))
        if isinstance(found, str):
            yield error(place, f"{kind} has no property {'.'.join(map(str, path))}")
        elif found[1].enum is not None and value not in found[1].enum:
            yield error(place, f"{value} is not a value of {found[1].name}")
