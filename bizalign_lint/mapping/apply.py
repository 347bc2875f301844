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
    title_field,
    value_of,
)
from bizalign_lint.mapping.mapped import Mapped
from bizalign_lint.mapping.names import DEFAULT, reference
from bizalign_lint.mapping.naming import give_names
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.mapping.summary import SourceSummary
from bizalign_lint.mapping.values import cast, entries, translated
from bizalign_lint.parsing.envelope import API_VERSION
from bizalign_lint.readers.records import Format, Link, Locator, Read, Record, bad
from bizalign_lint.schema.ontology import Ontology, Property


class MappingRun:
    """Applies a mapping to the files of its source."""

    def __init__(self, rules: Rules, spec: SourceSpec, format_: Format, ontology: Ontology) -> None:
        self.rules = rules
        self.summary = SourceSummary(rules.name)
        self.flaws: dict[str, list[Flaw]] = {}
        self.definitions: list[Mapped] = []
        self.kept: list[Document] = []
        """The records that were definitions already."""
        self.by_id: dict[str, Mapped | None] = {}
        """The definition made from each record; None for a record that was left out."""
        self._records: dict[str, Record] = {}
        self._names = Names()
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
                self._add(source, index, record, read)
        give_names(self.definitions, self.flaws)
        for mapped in self.definitions:
            self._set(mapped)
        for mapped in self.definitions:
            self._fill(mapped)
        self._link([self._resolve(source, link) for source, read in files for link in read.links])
        for mapped in self.definitions:
            self._assume(mapped)

    def _add(self, source: Source, index: int, record: Record, read: Read) -> None:
        self._records.setdefault(record.id, record)
        self._names.add(record)
        element = self.rules.element(record)
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
        name = element.name or title_field(element)
        origin = RecordOrigin(
            record, read.comments, frozenset(self._spec.open), record.aliases, name
        )
        joins = value_of(record.fields, element.joins) if element.joins else None
        origin.joins = "" if joins is None else str(joins).strip()
        value: dict[str, Any] = {"apiVersion": API_VERSION, "kind": element.kind, "metadata": {}}
        number = index if record.number < 0 else record.number
        document = Document(source, number, {**value, "spec": {}}, origin)
        namespace = self._namespace(element, record)
        mapped = Mapped(element, record, document, origin, kind=element.kind, namespace=namespace)
        self.definitions.append(mapped)
        self.by_id.setdefault(record.id, mapped)

    def _namespace(self, element: Element, record: Record) -> str:
        raw = value_of(record.fields, element.namespace) if element.namespace else None
        found = slug(str(raw)) if raw is not None else ""
        return found if found not in ("", DEFAULT) else self._spec.namespace or DEFAULT

    def _set(self, mapped: Mapped) -> None:
        for setting in mapped.element.settings:
            for spec in setting.values:
                if self._put(mapped, setting, spec):
                    break

    def _put(self, mapped: Mapped, setting: Setting, spec: Value) -> bool:
        """Set a property from one field; returns whether the field had a value."""
        raw = spec.constant if not spec.field else value_of(mapped.record.fields, spec.field)
        if raw is None or (spec.field, raw) in mapped.element.write:
            return False
        property_ = setting.property
        if property_.datatype == "object" and not property_.many:
            if isinstance(raw, Mapping) and raw:
                plain = {str(key): str(value) for key, value in raw.items()}
                mapped.store(setting.pointer, plain, (*spec.field,))
            return bool(raw)
        found: list[tuple[Pointer, Any]] = []
        for inner, item in entries(raw, spec):
            value = self._deref(mapped, setting, spec, item, mapped.record)
            if value is not None and all(value != other for _, other in found):
                found.append(((*spec.field, *inner), value))
        if not found:
            return bool(raw != "")
        if not property_.many:
            mapped.store(setting.pointer, found[0][1], found[0][0])
            if len(found) > 1:
                self._drop(spec, f"{property_.name} has one value", len(found) - 1)
        else:
            for index, (from_, _) in enumerate(found):
                mapped.origin.fields[(*setting.pointer, index)] = (mapped.record.locator, from_)
            mapped.store(setting.pointer, [value for _, value in found], spec.field)
        return True

    def _deref(
        self, mapped: Mapped, setting: Setting, spec: Value, raw: Any, record: Record
    ) -> Any:
        """One value of a property, from an item of a field, through other records if needed."""
        if spec.then is None:
            return self._one(mapped, setting, spec, raw, record)
        next_ = self._records.get(self._identity(mapped, spec, raw, record) or "")
        if next_ is None:
            return None
        items = entries(value_of(next_.fields, spec.then.field), spec.then)
        return next((self._deref(mapped, setting, spec.then, one, next_) for _, one in items), None)

    def _one(self, mapped: Mapped, setting: Setting, spec: Value, raw: Any, record: Record) -> Any:
        """One value of a property, from an item of a record; None if it is left out."""
        if setting.property.relation is not None:
            return self._refer(mapped, setting.property, spec, raw, record)
        value, is_known = translated(raw, spec)
        if not is_known:
            if not spec.reports_others:
                self._drop(spec, f"“{raw}” is not in the table of words")
                return None
            mapped.origin.tables[setting.pointer] = spec.known
        if spec.each or spec.is_name:
            name = slug(str(value)) or None
            if name and spec.among and (name := mapped.named(setting, spec, name)) is None:
                self._drop(spec, f"it names none of the {spec.among}")
            return {"name": name, spec.each: str(value)} if spec.each and name else name
        return cast(value, setting.property.datatype, spec.decimal)

    def _refer(
        self, mapped: Mapped, property_: Property, spec: Value, item: Any, record: Record
    ) -> str | None:
        """The reference to the definition of a record; None if the property cannot hold it."""
        relation = property_.relation
        assert relation is not None
        identity = self._identity(mapped, spec, item, record)
        if identity is None:
            return None
        if identity in self.by_id:
            target = self.by_id[identity]
            if target is None:
                self._drop(spec, "it refers to something that is left out")
                return None
            if target.kind not in relation.to:
                self._drop(spec, f"{property_.name} cannot refer to {with_article(target.kind)}")
                return None
            self.summary.used[f"{mapped.kind}/{property_.name}"] += 1
            return target.reference(relation.default, mapped.namespace)
        type_ = self._format.type_of(identity)
        kinds = [k for k in sorted(self.rules.kinds_of(type_)) if k in relation.to]
        if type_ and not kinds:
            self._drop(spec, f"{property_.name} cannot refer to {with_article(type_)}")
            return None
        # No record of this source has that identity; a definition elsewhere may.
        kind = kinds[0] if kinds else relation.default or relation.to[0]
        local = identity.rpartition(":")[2].split("/") if type_ else [identity]
        *_, namespace, last = ["", *local]
        space = slug(namespace) if namespace not in ("", DEFAULT) else mapped.namespace
        self.summary.used[f"{mapped.kind}/{property_.name}"] += 1
        return reference(kind, space, slug(last) or last, relation.default, mapped.namespace)

    def _identity(self, mapped: Mapped, spec: Value, item: Any, record: Record) -> str | None:
        """The identity of the record that a reference means; None, and reported, if ambiguous."""
        text, type_ = str(item), spec.refers
        found = self._names.resolve(self._format.identity(text, type_, record), type_, text)
        if found is None:
            self._ambiguous(mapped.document.source, record.locator, spec.field, text)
        return found

    def _drop(self, spec: Value, why: str, times: int = 1) -> None:
        self.summary.dropped[spec.text, why] += times

    def _ambiguous(self, source: Source, locator: Locator, field: Pointer, name: str) -> None:
        """Report a reference by a name that several records have."""
        problem = f"several records are named {name}, so it is unclear which one is meant"
        flaw = bad(source, problem, locator.locate(field, False), locator.cell(field))
        self.flaws.setdefault(source.path, []).append(flaw)

    def _fill(self, mapped: Mapped) -> None:
        """Add references to this definition to the definitions that its record refers to."""
        for spec, name in mapped.element.fills:
            for inner, item in entries(value_of(mapped.record.fields, spec.field), spec):
                identity = self._identity(mapped, spec, item, mapped.record)
                if identity is None:
                    continue
                target = self.by_id.get(identity)
                if target is None:
                    why = "left out" if identity in self.by_id else "not in this source"
                    self._drop(spec, f"it refers to something that is {why}")
                    continue
                property_ = self._ontology.kinds[target.kind].type.properties.get(name)
                if property_ is None or property_.relation is None or not property_.section:
                    self._drop(spec, f"{with_article(target.kind)} has no {name}")
                    continue
                text = mapped.reference(property_.relation.default, target.namespace)
                here = mapped.document.source is target.document.source
                place = (
                    (mapped.record.locator, (*spec.field, *inner))
                    if here
                    else (target.record.locator, target.origin.name)
                )
                pointer = (property_.section, name)
                if target.add(pointer, property_.many, text, place):
                    self.summary.used[f"{target.kind}/{name}"] += 1
                else:
                    self._drop(spec, f"{name} has one value")

    def _link(self, links: Sequence[Link]) -> None:
        """Turn links between records into references between their definitions."""
        used: set[str] = set()
        # The end of a link may be another link, which is not a record.
        ends = {*self.by_id, *(link.id for link in links)}
        for reached in follow(self.definitions, self.by_id, self.rules.relations, links):
            if self._join(reached):
                used.update(link.id for link in reached.links)
        for link in links:
            if link.id not in used:
                self.summary.dropped[link.type, why_unused(link, ends)] += 1

    def _resolve(self, source: Source, link: Link) -> Link:
        """A link with its ends as identities, if they are given as names."""
        if not link.source_type and not link.target_type:
            return link
        ends = []
        for name, type_, column in (
            (link.source, link.source_type, "linkSource"),
            (link.target, link.target_type, "linkTarget"),
        ):
            found = self._names.resolve(name, type_, name)
            if found is None:
                self._ambiguous(source, link.locator, (self.rules.options[column],), name)
            ends.append(found or "")
        return link._replace(source=ends[0], target=ends[1])

    def _join(self, reached: Reached) -> bool:
        """Set the reference of a relation; False if its property already has another value."""
        relation, first = reached.relation, reached.links[0]
        holder, other = reached.source, reached.target
        if not relation.at_source:
            holder, other = other, holder
        target = relation.property.relation
        assert target is not None
        text = other.reference(target.default, holder.namespace)
        name = f"{holder.kind}/{relation.property.name}"
        many = relation.property.many
        if holder.add(relation.pointer, many, text, (first.locator, ())):
            self.summary.used[name] += 1
            return True
        self.summary.dropped[first.type, f"{name} has one value"] += 1
        return False

    def _assume(self, mapped: Mapped) -> None:
        for kind, pointer, value in self._assumed:
            if kind == mapped.kind and value_of(mapped.value, self._full(kind, pointer)) is None:
                mapped.store(self._full(kind, pointer), value, mapped.origin.name)

    def _full(self, kind: str, path: Pointer) -> Pointer:
        section = self._ontology.kinds[kind].type.properties[str(path[0])].section
        return (section or "spec", *path)
