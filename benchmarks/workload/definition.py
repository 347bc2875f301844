"""One definition of a generated model, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .choice import number, picks
from .words import SENTENCES, TAGS

AS_OF = "2026-06-30"


@dataclass(slots=True)
class Definition:
    """A definition in the file that it is kept in; several may share one."""

    path: str
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        """The kind of the definition."""
        return str(self.value["kind"])

    @property
    def spec(self) -> dict[str, Any]:
        """What the definition says."""
        found: dict[str, Any] = self.value["spec"]
        return found


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the organisation that keeps its definitions together."""

    title: str
    slug: str
    folder: str
    prefix: str
    namespace: str = ""

    def name(self, text: str) -> str:
        """The name of something in the area, as the area itself refers to it."""
        return self.prefix + slug(text)

    def reference(self, text: str) -> str:
        """The same name, as others refer to it."""
        return f"{self.namespace}/{self.name(text)}" if self.namespace else self.name(text)

    def define(
        self,
        kind: str,
        name: str,
        title: str,
        folder: str,
        spec: dict[str, Any],
        owner: str | None = None,
        sentences: int = 3,
        file: str = "",
    ) -> Definition:
        """A definition of the area."""
        full = self.name(name)
        key = f"{kind}:{self.slug}/{full}"
        if self.prefix and self.title not in title:  # others have the same names beside it
            title = f"{title}, {self.title}"
        metadata: dict[str, Any] = {"name": full, "title": title}
        if self.namespace:
            metadata["namespace"] = self.namespace
        if sentences:
            metadata["description"] = " ".join((f"{title}.", *picks(key, SENTENCES, sentences)))
        if owner is not None:
            metadata["owner"] = owner
        if number(f"{key} tags", 4):
            metadata["tags"] = picks(f"{key} tags", TAGS, 1 + number(f"{key} count", 3))
        if not number(f"{key} links", 3):
            metadata["links"] = [
                {"url": f"https://wiki.example.com/{self.slug}/{full}", "title": "Handbook"}
            ]
        if not number(f"{key} annotations", 4):
            metadata["annotations"] = {"cmdb.example.com/id": f"CI{number(key, 10**7):07}"}
        value = {"apiVersion": "bizalign/v1", "kind": kind, "metadata": metadata, "spec": spec}
        path = f"{self.folder}/{folder}/{file or slug(name)}.yaml"
        return Definition(path, value)


def slug(text: str) -> str:
    """Lower-case words joined by hyphens."""
    words = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return "-".join(words)


def period(start: str = "2026-01-01", end: str = "2026-12-31") -> dict[str, str]:
    """A stretch of time, this year unless said otherwise."""
    return {"start": start, "end": end}


def key_results(key: str, rows: list[tuple[str, str, int, int]]) -> list[dict[str, Any]]:
    """Key results that are on their way and were measured lately."""
    return [
        {
            "name": f"kr{index}",
            "title": f"{title} ({key})",
            "metric": title,
            "unit": unit,
            "direction": "increase" if target > baseline else "decrease",
            "baseline": baseline,
            "target": target,
            "current": baseline + (target - baseline) * number(f"{key}{index}", 9) // 10,
            "measuredOn": f"2026-06-{10 + number(f'{key}m{index}', 20)}",
            "due": "2026-12-31" if index else "2026-10-31",
            "type": "outcome",
            "status": "open",
        }
        for index, (title, unit, baseline, target) in enumerate(rows)
    ]
