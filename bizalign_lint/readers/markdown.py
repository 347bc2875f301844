"""Markdown: front matter, title, sections and ``Key: value`` lines of a file are one record.

This covers formats of decision records: MADR with front matter or a list at the top, and Nygard's
with a heading for each of status, context, decision and consequences.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.readers.records import (
    Format,
    Locator,
    Read,
    Record,
    RecordedLocator,
    bad,
    by_itself,
    not_utf8,
    too_large,
)
from bizalign_lint.readers.yaml_locator import YamlLocator, flaws

_FENCE = re.compile(r"(?:---|\.\.\.)\s*$")
_CODE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NUMBER = re.compile(r"(?:ADR[ -]?)?0*(\d{1,6})(?:\s*[.:)–—-]|\s)\s*(?=\S)", re.IGNORECASE)
_FILE = re.compile(r"(?:\w+-)?(\d{1,6})(?=[-_. ]|$)")
_ITEM = re.compile(r"\s*[-*+]\s+(.*)")
_KEY = re.compile(
    r"(?:[-*+]\s+)?(?:\*\*|__)?([^\W\d_][\w /-]{0,40}?)(?:\*\*|__)?:(?:\*\*|__)?\s*(.*)"
)
_LINK = re.compile(r"\[([^\]\[]*)\]\(\s*<?([^()\s<>]+)>?[^()]*\)")
_NAMED = re.compile(r"\bADR[ -]?0*(\d{1,6})\b", re.IGNORECASE)
_EMPHASIS = "*_` "
_STRONG = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
_QUOTED = re.compile(r"[\"“”'‘’]([^\"“”]+)[\"“”'‘’]")


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The record of a file; its type is ``document``.

    Option ``alias`` is the prefix by which our definitions refer to it, followed by the number at
    the start of the file name.
    """
    found = Read(flaws=too_large(source))
    if found.flaws:
        return found
    content = stream.lines(source.content)
    try:
        source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found.flaws.append(not_utf8(source, error))
        return found
    page = _Page(source, content)
    raw, locator = page.front(found)
    page.body()
    stem = posixpath.basename(source.path).rpartition(".")[0]
    number = _FILE.match(stem)
    fields = {**page.fields, "file": stem, **raw}
    said = {key.lower(): _bare(value) for key, value in fields.items() if isinstance(value, str)}
    fields["said"] = {**page.said, **said}
    for key, value in fields.items():
        if isinstance(value, str):
            page.refer(value, (key,))
    fields["links"] = page.links
    alias = options.get("alias")
    found.records.append(
        Record(
            "document",
            source.path,
            fields,
            _Locator(locator, RecordedLocator(page.title, page.spans)),
            aliases=(f"{alias}:{number[1]}", f"{alias}:{int(number[1])}")
            if alias and number
            else (),
            names=(stem, *((f"#{int(number[1])}",) if number else ())),
            raw=raw,
        )
    )
    return found


class _Locator(Locator):
    """Places of fields: in the front matter if it has the field, else in the text."""

    __slots__ = ("_front", "_text")

    def __init__(self, front: YamlLocator | None, text: RecordedLocator) -> None:
        self._front = front
        self._text = text

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span of a field; for a missing one, the title."""
        front = self._front
        if front is not None and pointer:
            inner = pointer[1:2] if pointer[0] == "said" else pointer
            if front.holds(inner[:1]):
                return front.locate(inner, key)
        return self._text.locate(pointer, key)

    def extent(self, pointer: Pointer) -> Span:
        """The full span of a field in the front matter, or in the text; of the whole record, the
        title."""
        front = self._front
        if front is not None and pointer and front.holds(pointer[:1]):
            return front.extent(pointer)
        return self._text.extent(pointer)


class _Page:
    """A file that is being read."""

    def __init__(self, source: Source, lines: Lines) -> None:
        self._source = source
        self._lines = lines
        self._count = lines.all.count("\n") + 1
        self._begin = 1
        self.title = Span(1, 1, 1, 2)
        self.fields: dict[str, Any] = {"section": {}, "list": {}, "below": {}}
        self.said: dict[str, str] = {}
        """Texts without references, by the key before a colon, or by the heading above."""
        self.links: dict[str, list[str]] = {}
        """Targets of references, by the words before them."""
        self.spans: dict[Pointer, Span] = {}

    def front(self, found: Read) -> tuple[dict[str, Any], YamlLocator | None]:
        """The fields of the front matter and their places; empty and None if there is none."""
        if not _FENCE.match(self._lines.text(1)) or not self._lines.text(1).startswith("---"):
            return {}, None
        end = next((n for n in range(2, self._count + 1) if _FENCE.match(self._lines.text(n))), 0)
        if not end:
            problem = (
                "the front matter that begins here is not closed; end it with --- on its own line"
            )
            found.flaws.append(bad(self._source, problem, _whole(self._lines.text(1), 1)))
            return {}, None
        self._begin = end + 1
        self.title = _whole(self._lines.text(1), 1)
        text = self._lines.all[: self._lines.index(end, 1)].encode()
        (tree,) = stream.read(text).trees[:1] or (None,)
        if tree is None:
            return {}, None
        found.flaws += flaws(self._source, self._lines, tree.defects)
        value = tree.root.value if tree.root is not None else None
        if not isinstance(value, dict):
            return {}, None
        fields = {key: item for key, item in value.items() if isinstance(key, str)}
        return fields, YamlLocator(self._source._replace(content=text), 0, fields)

    def body(self) -> None:
        """Read title, sections, lists, and ``Key: value`` lines."""
        heading, is_code, has_lead = "", False, False
        above: list[tuple[int, str]] = []
        for number in range(self._begin, self._count + 1):
            text = self._lines.text(number)
            if _CODE.match(text):
                is_code = not is_code
            if is_code or not text.strip():
                continue
            found = _HEADING.match(text)
            if found is not None:
                if len(found[1]) == 1 and "heading" not in self.fields:
                    self._set_title(found[2], _whole(text, number))
                else:
                    heading, has_lead = found[2].strip(_EMPHASIS).lower(), False
                    level = len(found[1])
                    above = [heading_ for heading_ in above if heading_[0] < level]
                    if above:
                        self._add_subheading(above[-1][1], found[2], _whole(text, number))
                    above.append((level, heading))
                continue
            self._add_line(heading, text, _whole(text, number), not has_lead)
            has_lead = has_lead or bool(heading)

    def _set_title(self, text: str, line: Span) -> None:
        self.fields["heading"] = _unnumbered(text)
        self.title = self.spans["heading",] = line

    def _add_subheading(self, heading: str, text: str, line: Span) -> None:
        """Add a heading below another one."""
        heads = self.fields["below"].setdefault(heading, [])
        self.spans["below", heading, len(heads)] = line
        heads.append(_unnumbered(text))

    def _add_line(self, heading: str, text: str, line: Span, is_lead: bool) -> None:
        """Add a line of text; ``heading`` is empty above the first heading."""
        key = _KEY.match(text.strip())
        if key is not None and (not heading or is_lead):
            self._set_value(key[1].strip().lower(), key[2], line)
        if not heading:
            self.refer(text, ())
            return
        if is_lead and key is None:
            self._set_value(heading, text, line)
        item = _ITEM.match(text)
        if item is not None:
            items = self.fields["list"].setdefault(heading, [])
            self.spans["list", heading, len(items)] = line
            items.append(_bare(item[1]).strip(_EMPHASIS))
        sections = self.fields["section"]
        self.spans.setdefault(("section", heading), line)
        sections[heading] = (
            f"{sections[heading]}\n{text.strip()}" if heading in sections else text.strip()
        )
        self.refer(text, ())

    def _set_value(self, key: str, text: str, line: Span) -> None:
        quoted = _QUOTED.match(text.lstrip(_EMPHASIS))
        value = quoted[1] if quoted is not None else _bare(text)
        if value and key not in self.said:
            self.said[key] = value
            self.spans["said", key] = line

    def refer(self, text: str, pointer: Pointer) -> None:
        """Add the documents that a text refers to, by the words before them."""
        for start, target in _references(text):
            before = _ITEM.sub(r"\1", text[:start]).rsplit(":", 1)[-1]
            label = " ".join(before.strip(" *_,;.").lower().split())
            named = target if target.startswith("#") else self._path(target)
            known = self.links.setdefault(label, [])
            if label and named not in known:
                known.append(named)
                if pointer:
                    self.spans["links", label, len(known) - 1] = self.spans.get(pointer, self.title)

    def _path(self, target: str) -> str:
        folder = posixpath.dirname(self._source.path)
        return posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))


def _whole(text: str, number: int) -> Span:
    """The span of a line without leading and trailing spaces, at least one character wide."""
    indent = len(text) - len(text.lstrip())
    end = max(len(text.rstrip()), indent + 1)
    return Span(number, indent + 1, number, end + 1)


def _references(text: str) -> Iterator[tuple[int, str]]:
    """The references in a text to other documents: start, and path or # with a number."""
    taken: list[range] = []
    for link in _LINK.finditer(text):
        taken.append(range(link.start(), link.end()))
        if _is_document(link[2]):
            yield link.start(), link[2]
    for named in _NAMED.finditer(text):
        if not any(named.start() in span for span in taken):
            yield named.start(), f"#{int(named[1])}"


def _bare(text: str) -> str:
    """A text without links and references to other documents."""
    without = _NAMED.sub("", _LINK.sub(lambda link: "" if _is_document(link[2]) else link[1], text))
    plain = _STRONG.sub(r"\1", without)
    return " ".join(plain.split()).strip(_EMPHASIS + ",;.")


def _unnumbered(heading: str) -> str:
    plain = _bare(heading)
    number = _NUMBER.match(plain)
    return plain[number.end() :] if number else plain


def _is_document(target: str) -> bool:
    return target.partition("#")[0].endswith((".md", ".markdown")) and "://" not in target


FORMAT = Format(read, by_itself)
