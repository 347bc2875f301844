"""The records of one source → definitions, each value with its place, and a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Document, Flaw, Pointer, Source
from bizalign_lint.core.words import slug, with_article
from bizalign_lint.mapping.chains import Reached, follow, why_unused
from bizalign_lint.mapping.kept import kept
from bizalign_lint.mapping.known_as import Names
from bizalign_lint.mapping.language import (
    Element,
    Rules,
    Setting,
    Value,
    assumed,
    title_way,
    value_of,
)
from bizalign_lint.mapping.mapped import Mapped
from bizalign_lint.mapping.names import DEFAULT, reference
from bizalign_lint.mapping.naming import give_names
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.mapping.summary import SourceSummary
from bizalign_lint.mapping.values import cast, entries, worded
from bizalign_lint.parsing.envelope import API_VERSION
from bizalign_lint.readers.records import Format, Link, Locator, Read, Record, bad
from bizalign_lint.schema.ontology import Ontology, Property


class MappingRun:
    """Applies a mapping to the files of its source."""

    def __init__(self, rules: Rules, spec: SourceSpec, format_: Format, ontology: Ontology) -> None:
        self.summary = SourceSummary(rules.name)
        self.flaws: dict[str, list[Flaw]] = {}
        self.made: list[Mapped] = []
        self.kept: list[Document] = []
        """The records that were definitions already."""
        self.by_id: dict[str, Mapped | None] = {}
        """The definition made from each record; None for a record that was left out."""
        self._records: dict[str, Record] = {}
        self._names = Names()
        self._rules = rules
        self._spec = spec
        self._format = format_
        self._ontology = ontology
        self._assumed = assumed(spec.assume)

    def run(self, files: Sequence[tuple[Source, Read]]) -> None:
        """Make the definitions from the records of all files."""
        for source, read in files:
            self.summary.files.append(source.path)
            self.summary.records += len(read.records)
            self.summary.links += len(read.links)
            for index, record in enumerate(read.records):
                self._choose(source, index, record, read)
        give_names(self.made, self.flaws)
        for made in self.made:
            self._set(made)
        for made in self.made:
            self._fill(made)
        self._link([self._known(source, link) for source, read in files for link in read.links])
        for made in self.made:
            self._assume(made)

    def _choose(self, source: Source, index: int, record: Record, read: Read) -> None:
        self._records.setdefault(record.id, record)
        self._names.add(record)
        element = self._rules.element(record)
        if element is not None and element.is_definition:
            own = kept(source, index, record, read.comments, self._spec, self._ontology)
            if own is not None:
                self.summary.mapped[record.type, str(own.value.get("kind"))] += 1
                self.kept.append(own)
            else:
                self.summary.left[record.type, "it is not a definition"] += 1
            return
        if element is None or not element.kind:
            why = element.why if element is not None else "the mapping does not cover it"
            self.summary.left[record.type, why] += 1
            self.by_id.setdefault(record.id, None)
            return
        self.summary.mapped[record.type, element.kind] += 1
        name = element.name or title_way(element)
        origin = RecordOrigin(
            record, read.comments, frozenset(self._spec.open), record.aliases, name
        )
        joins = value_of(record.fields, element.joins) if element.joins else None
        origin.joins = "" if joins is None else str(joins).strip()
        value: dict[str, Any] = {"apiVersion": API_VERSION, "kind": element.kind, "metadata": {}}
        number = index if record.number < 0 else record.number
        document = Document(source, number, {**value, "spec": {}}, origin)
        namespace = self._namespace(element, record)
        made = Mapped(element, record, document, origin, kind=element.kind, namespace=namespace)
        self.made.append(made)
        self.by_id.setdefault(record.id, made)

    def _namespace(self, element: Element, record: Record) -> str:
        said = value_of(record.fields, element.namespace) if element.namespace else None
        found = slug(str(said)) if said is not None else ""
        return found if found not in ("", DEFAULT) else self._spec.namespace or DEFAULT

    def _set(self, made: Mapped) -> None:
        for setting in made.element.settings:
            for way in setting.ways:
                if self._put(made, setting, way):
                    break

    def _put(self, made: Mapped, setting: Setting, way: Value) -> bool:
        """Set a property from one field; returns whether the field had a value."""
        raw = way.constant if not way.field else value_of(made.record.fields, way.field)
        if raw is None or (way.field, raw) in made.element.write:
            return False
        property_ = setting.property
        if property_.datatype == "object" and not property_.many:
            if isinstance(raw, Mapping) and raw:
                plain = {str(key): str(value) for key, value in raw.items()}
                made.store(setting.pointer, plain, (*way.field,))
            return bool(raw)
        found: list[tuple[Pointer, Any]] = []
        for inner, item in entries(raw, way):
            value = self._along(made, setting, way, item, made.record)
            if value is not None and all(value != other for _, other in found):
                found.append(((*way.field, *inner), value))
        if not found:
            return bool(raw != "")
        if not property_.many:
            made.store(setting.pointer, found[0][1], found[0][0])
            if len(found) > 1:
                self._drop(way, f"{property_.name} has one value", len(found) - 1)
        else:
            for index, (from_, _) in enumerate(found):
                made.origin.ways[(*setting.pointer, index)] = (made.record.locator, from_)
            made.store(setting.pointer, [value for _, value in found], way.field)
        return True

    def _along(self, made: Mapped, setting: Setting, way: Value, item: Any, record: Record) -> Any:
        """One value of a property, from an item of a field, through other records if needed."""
        if way.then is None:
            return self._one(made, setting, way, item, record)
        next_ = self._records.get(self._identity(str(item), way.refers, record) or "")
        if next_ is None:
            return None
        ahead = entries(value_of(next_.fields, way.then.field), way.then)
        return next((self._along(made, setting, way.then, one, next_) for _, one in ahead), None)

    def _one(self, made: Mapped, setting: Setting, way: Value, item: Any, record: Record) -> Any:
        """One value of a property, from an item of a record; None if it is left out."""
        if setting.property.relation is not None:
            return self._refer(made, setting.property, way, item, record)
        value, is_known = worded(item, way)
        if not is_known:
            if not way.hint_to_others:
                self._drop(way, f"“{item}” is not in the table of words")
                return None
            made.origin.tables[setting.pointer] = way.known
        if way.each or way.is_name:
            called = slug(str(value)) or None
            if called and way.among and (called := made.named(setting, way, called)) is None:
                self._drop(way, f"it names none of the {way.among}")
            return {"name": called, way.each: str(value)} if way.each and called else called
        return cast(value, setting.property.datatype, way.decimal)

    def _refer(
        self, made: Mapped, property_: Property, way: Value, item: Any, record: Record
    ) -> str | None:
        """The reference to the definition of a record; None if the property cannot hold it."""
        relation = property_.relation
        assert relation is not None
        identity = self._identity(str(item), way.refers, record)
        if identity is None:
            self._ambiguous(made.document.source, record.locator, way.field, str(item))
            return None
        if identity in self.by_id:
            target = self.by_id[identity]
            if target is None:
                self._drop(way, "it refers to something that is left out")
                return None
            if target.kind not in relation.to:
                self._drop(way, f"{property_.name} cannot refer to {with_article(target.kind)}")
                return None
            self.summary.used[f"{made.kind}/{property_.name}"] += 1
            return reference(
                target.kind, target.namespace, target.name, relation.default, made.namespace
            )
        type_ = self._format.type_of(identity)
        kinds = [k for k in sorted(self._rules.kinds_of(type_)) if k in relation.to]
        if type_ and not kinds:
            self._drop(way, f"{property_.name} cannot refer to {with_article(type_)}")
            return None
        # No record of this source has that identity; a definition elsewhere may.
        kind = kinds[0] if kinds else relation.default or relation.to[0]
        local = identity.rpartition(":")[2].split("/") if type_ else [identity]
        *_, namespace, last = ["", *local]
        space = slug(namespace) if namespace not in ("", DEFAULT) else made.namespace
        self.summary.used[f"{made.kind}/{property_.name}"] += 1
        return reference(kind, space, slug(last) or last, relation.default, made.namespace)

    def _identity(self, text: str, type_: str, record: Record) -> str | None:
        """The identity of the record that a reference means; None if it may mean several."""
        return self._names.meant(self._format.identity(text, type_, record), type_, text)

    def _drop(self, way: Value, why: str, times: int = 1) -> None:
        self.summary.dropped[way.text, why] += times

    def _ambiguous(self, source: Source, locator: Locator, way: Pointer, name: str) -> None:
        """Report a reference by a name that several records have."""
        problem = f"several records are named {name}, so it is unclear which one is meant"
        flaw = bad(source, problem, locator.locate(way, False), locator.cell(way))
        self.flaws.setdefault(source.path, []).append(flaw)

    def _fill(self, made: Mapped) -> None:
        """Put references to this definition into the definitions that its record refers to."""
        for way, name in made.element.fills:
            for inner, item in entries(value_of(made.record.fields, way.field), way):
                identity = self._identity(str(item), way.refers, made.record)
                target = self.by_id.get(identity) if identity is not None else None
                if target is None:
                    why = "left out" if identity in self.by_id else "not in this source"
                    self._drop(way, f"it refers to something that is {why}")
                    continue
                property_ = self._ontology.kinds[target.kind].type.properties.get(name)
                if property_ is None or property_.relation is None or not property_.section:
                    self._drop(way, f"{with_article(target.kind)} has no {name}")
                    continue
                text = reference(
                    made.kind,
                    made.namespace,
                    made.name,
                    property_.relation.default,
                    target.namespace,
                )
                here = made.document.source is target.document.source
                place = (
                    (made.record.locator, (*way.field, *inner))
                    if here
                    else (target.record.locator, target.origin.name)
                )
                pointer = (property_.section, name)
                if target.add(pointer, property_.many, text, place):
                    self.summary.used[f"{target.kind}/{name}"] += 1
                else:
                    self._drop(way, f"{name} has one value")

    def _link(self, links: Sequence[Link]) -> None:
        """Turn links between records into references between their definitions."""
        used: set[str] = set()
        # The end of a link may be another link, which is not a record.
        ends = {*self.by_id, *(link.id for link in links)}
        for reached in follow(self.made, self.by_id, self._rules.relations, links):
            if self._join(reached):
                used.update(link.id for link in reached.way)
        for link in links:
            if link.id not in used:
                self.summary.dropped[link.type, why_unused(link, ends)] += 1

    def _known(self, source: Source, link: Link) -> Link:
        """A link with the identities of its ends, if it has their names."""
        if not link.source_type and not link.target_type:
            return link
        ends = []
        for name, type_, column in (
            (link.source, link.source_type, "linkSource"),
            (link.target, link.target_type, "linkTarget"),
        ):
            found = self._names.meant(name, type_, name)
            if found is None:
                self._ambiguous(source, link.locator, (self._rules.options[column],), name)
            ends.append(found or "")
        return link._replace(source=ends[0], target=ends[1])

    def _join(self, reached: Reached) -> bool:
        """Set the reference of a relation; False if its property has another value already."""
        relation, first = reached.relation, reached.way[0]
        holder, other = reached.source, reached.target
        if not relation.at_source:
            holder, other = other, holder
        meant = relation.property.relation
        assert meant is not None
        text = reference(other.kind, other.namespace, other.name, meant.default, holder.namespace)
        name = f"{holder.kind}/{relation.property.name}"
        many = relation.property.many
        if holder.add(relation.pointer, many, text, (first.locator, ())):
            self.summary.used[name] += 1
            return True
        self.summary.dropped[first.type, f"{name} has one value"] += 1
        return False

    def _assume(self, made: Mapped) -> None:
        for kind, pointer, value in self._assumed:
            if kind == made.kind and value_of(made.value, self._full(kind, pointer)) is None:
                made.store(self._full(kind, pointer), value, made.origin.name)

    def _full(self, kind: str, path: Pointer) -> Pointer:
        section = self._ontology.kinds[kind].type.properties[str(path[0])].section
        return (section or "spec", *path)
