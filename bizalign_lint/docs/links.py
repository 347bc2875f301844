"""Where the pages are, and how one leads to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bizalign_lint.docs.markdown import code, link, slug
from bizalign_lint.schema.ontology import Ontology

RULES = "rules"
KINDS = "ontology"
INDEX = "README.md"
VOCABULARIES = "vocabularies.md"


@dataclass(frozen=True, slots=True)
class Links:
    """What the pages in one folder may link to. What has no page is named without a link."""

    folder: str
    """The folder of the page, ``rules`` or ``ontology``."""
    rules: frozenset[str]
    """The ids of the rules that have a page."""
    kinds: Mapping[str, str]
    """The kinds that are on a page, nested ones included, by the kind whose page it is."""
    guides: bool
    """Whether the pages that people have written are beside the two folders."""

    def rule(self, id_: str) -> str:
        """A rule's id, with a link to its page."""
        return link(id_, self._to(RULES, f"{id_}.md")) if id_ in self.rules else id_

    def kind(self, name: str) -> str:
        """A kind, with a link to where it is described."""
        holder = self.kinds.get(name)
        if holder is None:
            return code(name)
        place = "" if holder == name else f"#{slug(name)}"
        return link(name, self._to(KINDS, f"{holder}.md{place}"))

    def guideline(self, title: str) -> str:
        """A guideline, with a link to its part of the index."""
        return link(title, self._to(RULES, f"{INDEX}#{slug(title)}"))

    def rule_index(self, text: str) -> str:
        """A link to the list of all rules."""
        return link(text, self._to(RULES, INDEX))

    def kind_index(self, text: str, place: str = "") -> str:
        """A link to the list of all kinds, or to a heading there."""
        return link(text, self._to(KINDS, f"{INDEX}{f'#{place}' if place else ''}"))

    def vocabularies(self, text: str) -> str:
        """A link to the lists of terms, where these are documented."""
        return link(text, self._to(KINDS, VOCABULARIES)) if self.guides else text

    def guide(self, text: str, target: str) -> str:
        """A link to a page that people have written."""
        return link(text, f"../{target}") if self.guides else text

    def _to(self, folder: str, page: str) -> str:
        return page if folder == self.folder else f"../{folder}/{page}"


def homes(ontology: Ontology, kinds: Iterable[str]) -> dict[str, str]:
    """Some kinds and the nested ones in them, each with the kind whose page it is on."""
    return {
        type_.name: name
        for name in kinds
        for type_ in (ontology.kinds[name].type, *ontology.kinds[name].nested)
    }
