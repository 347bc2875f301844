"""ArchiMate models: files of Archi, also zipped, and the Open Group's exchange format."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.readers.archives import BROKEN
from bizalign_lint.readers.records import Format, Link, Read, Record, bad, by_itself, too_large
from bizalign_lint.readers.xml_locator import Position, XmlLocator

_TYPE = "http://www.w3.org/2001/XMLSchema-instance type"
_NATIVE = "http://www.archimatetool.com/archimate "
_EXCHANGE = "http://www.opengroup.org/xsd/archimate/"
_PREFIX = "id-"
"""The exchange format's prefix for identifiers that begin with a digit."""
_PROFILES = "profiles"
_NON_CONCEPTS = ("Folder", "ArchimateDiagramModel", "SketchModel", "CanvasModel")
"""Types of coArchi files that are not concepts."""
_ENDS = ("source", "target")
_TEXTS = ("name", "documentation", "value")
_MODEL = "model.xml"
_ZIP = b"PK\x03\x04"


class ForbiddenXmlError(Exception):
    """The file contains XML features that are never read."""


def read(source: Source, _options: Mapping[str, Any]) -> Read:
    """The elements and relationships of a model, without its views."""
    found = Read(flaws=too_large(source))
    if found.flaws:
        return found
    try:
        inner = _unzipped(source) if source.content.startswith(_ZIP) else source
    except BROKEN as error:
        found.flaws.append(bad(source, f"this archive contains no readable model: {error}"))
        return found
    _Parser(inner, found).parse()
    return found


def _unzipped(source: Source) -> Source:
    with ZipFile(BytesIO(source.content)) as archive:
        if _MODEL not in archive.namelist():
            raise ValueError(f"it contains no {_MODEL}")
        with archive.open(_MODEL) as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"{_MODEL} has more than {MAX_BYTES:,} bytes")
    return Source(source.path, content)


class _Concept:
    """An element or relationship whose tag is still open."""

    def __init__(self, attributes: Mapping[str, str], position: Position) -> None:
        self.attributes = attributes
        self.position = position
        self.texts: dict[str, str] = {}
        self.properties: dict[str, str] = {}
        self.ends: dict[str, str] = {}
        self.locator: dict[Pointer, Position] = {}


class _Parser:
    def __init__(self, source: Source, found: Read) -> None:
        self._source = source
        self._found = found
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        self._depth = 0
        self._is_model = False
        self._is_file = False
        """Whether it is a file of a model with one file for each concept (coArchi)."""
        self._views = 0
        """Number of open tags, counted from the folder of views."""
        self._concept: _Concept | None = None
        self._reading = ""
        self._property = ""
        self._definitions: dict[str, str] = {}
        self._defining = ""
        self._folders: list[str] = []
        self._profiles: dict[str, str] = {}
        """Names of specializations, by id."""
        self._seen: set[str] = set()

    def parse(self) -> None:
        try:
            self._parser.Parse(self._source.content, True)
        except ForbiddenXmlError as error:
            self._add_flaw(str(error))
        except expat.ExpatError as error:
            problem = expat.ErrorString(error.code)
            self._add_flaw(f"invalid XML: {problem}", (error.lineno, error.offset))
        except LookupError as error:
            self._add_flaw(str(error), (1, 0))
        else:
            if not self._is_model:
                self._add_flaw(
                    "this is neither an Archi model nor one in the ArchiMate exchange format"
                )
        for record in self._found.records:
            assert isinstance(record.fields, dict)
            known = record.fields["property"]
            record.fields["property"] = {self._definitions.get(k, k): v for k, v in known.items()}
            special = record.fields.pop(_PROFILES)
            if special:
                names = (self._profiles.get(profile, "") for profile in special.split())
                record.fields["specialization"] = [name for name in names if name]

    def _position(self) -> Position:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber

    def _add_flaw(self, problem: str, position: Position | None = None) -> None:
        line, column = position or self._position()
        span = Span(max(line, 1), column + 1, max(line, 1), column + 2)
        self._found.flaws.append(bad(self._source, problem, span))

    def _refuse(self, *_: object) -> None:
        raise ForbiddenXmlError("document types and entities are not allowed")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self._depth += 1
        if self._depth == 1 and f"{space} " == _NATIVE and name != "model":
            self._is_model = self._is_file = True
            if name not in _NON_CONCEPTS:
                self._concept = _Concept({**attributes, _TYPE: name}, self._position())
        elif self._depth == 1 and name == "model":
            self._is_model = f"{space} " == _NATIVE or space.startswith(_EXCHANGE)
        if self._views or attributes.get("type") == "diagrams" or name == "views":
            self._views += 1
        elif self._concept is not None:
            self._inner(name, attributes)
        elif name in ("element", "relationship") and self._is_model and _TYPE in attributes:
            self._concept = _Concept(attributes, self._position())
        elif name == "folder":
            self._folders.append(attributes.get("name", ""))
        elif name == "profile":
            self._profiles[attributes.get("id", "")] = attributes.get("name", "")
        elif name == "propertyDefinition":
            self._defining = attributes.get("identifier", "")
            self._definitions[self._defining] = attributes.get("name", "")
        elif self._defining and name == "name":
            self._reading = name

    def _inner(self, name: str, attributes: Mapping[str, str]) -> None:
        """Process a tag within an element or relationship."""
        concept = self._concept
        assert concept is not None
        if (name in ("property", "properties") and "key" in attributes) or name == "property":
            self._property = attributes.get("key") or attributes.get("propertyDefinitionRef", "")
            concept.properties[self._property] = attributes.get("value", "")
            concept.locator["property", self._property] = self._position()
        elif name in _ENDS and self._is_file:
            # The reference consists of a file name and an id in that file.
            concept.ends[name] = attributes.get("href", "").rpartition("#")[2]
            concept.locator[name,] = self._position()
        elif name in _TEXTS:
            self._reading = name
            if name not in concept.texts and name != "value":
                concept.locator[name,] = self._position()

    def _text(self, text: str) -> None:
        if not self._reading:
            return
        concept = self._concept
        if concept is None:
            known = self._definitions.get(self._defining, "")
            self._definitions[self._defining] = known + text
        elif self._reading == "value":
            concept.properties[self._property] = concept.properties.get(self._property, "") + text
        else:
            concept.texts[self._reading] = concept.texts.get(self._reading, "") + text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        self._depth -= 1
        if self._views:
            self._views -= 1
        elif name in _TEXTS:
            self._reading = ""
        elif name == "propertyDefinition":
            self._defining = ""
        elif name == "folder" and self._concept is None and self._folders:
            self._folders.pop()
        elif self._concept is not None and self._is_last(name):
            self._add_concept(self._concept)
            self._concept = None

    def _is_last(self, name: str) -> bool:
        """Whether a closing tag is that of the concept."""
        return self._depth == 0 if self._is_file else name in ("element", "relationship")

    def _add_concept(self, concept: _Concept) -> None:
        attributes = concept.attributes
        identity = (attributes.get("id") or attributes.get("identifier") or "").removeprefix(
            _PREFIX
        )
        if not identity:
            self._add_flaw("this element has no identifier", concept.position)
            return
        if identity in self._seen:
            self._add_flaw(f"the identifier {identity} appears twice", concept.position)
            return
        self._seen.add(identity)
        type_ = attributes[_TYPE].rpartition(":")[2]
        locator = XmlLocator(self._source, concept.position, self._position()[0], concept.locator)
        ends = {**attributes, **concept.ends}
        start, end = (ends.get(end, "").removeprefix(_PREFIX) for end in _ENDS)
        if start and end:
            type_ = type_.removesuffix("Relationship")
            self._found.links.append(
                Link(type=type_, id=identity, source=start, target=end, locator=locator)
            )
            return
        fields = {
            "id": identity,
            "name": (attributes.get("name") or concept.texts.get("name", "")).strip(),
            "documentation": concept.texts.get(
                "documentation", attributes.get("documentation", "")
            ).strip(),
            "property": concept.properties,
            "folder": "/".join(self._folders),
            _PROFILES: attributes.get(_PROFILES, ""),
        }
        aliases = (f"archimate:{identity.lower()}",)
        self._found.records.append(Record(type_, identity, fields, locator, aliases=aliases))


FORMAT = Format(read, by_itself)
