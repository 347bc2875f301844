"""Search for nodes by a few letters or words."""

from __future__ import annotations

import re

from bizalign_lint.core.words import match_rank
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import Ontology, kind_title


def matching_nodes(graph: Graph, ontology: Ontology, query: str) -> list[Node]:
    """The nodes whose name or title matches a query, the best first.

    Exact matches come before prefixes, and these before nodes that only contain the letters. A
    prefix ``Kind:`` limits the search to that kind.
    """
    asked = query.lower().strip()
    kind, colon, rest = asked.partition(":")
    named = ontology.spelling.get(kind.strip()) if colon else None
    asked = rest.strip() if named is not None else asked
    ranks: list[list[Node]] = [[], [], [], [], [], []]
    for nodes in graph.kinds.values() if named is None else [graph.kinds[named]]:
        title = kind_title(ontology, nodes[0].type.name).lower() if nodes else ""
        for node in nodes:
            rank = _rank(asked, title, node)
            if rank is not None:
                ranks[rank].append(node)
    return [node for same in ranks for node in same]


def _rank(asked: str, kind: str, node: Node) -> int | None:
    """The rank at which a node matches a query, 0 the best; None if it does not."""
    title, name = node.title.lower(), node.name.lower()
    if asked and asked in (title, name):
        return 0
    rank = match_rank(asked, title, name)
    if rank is None and len(words := asked.split()) > 1:
        rank = 3 if all(word in f"{kind} {title} {name}" for word in words) else None
    if rank is None and _has_letters(title, asked.replace(" ", "")):
        rank = 4
    return rank + 1 if rank is not None else None


def _has_letters(text: str, letters: str) -> bool:
    """Whether the letters, in order, are beginnings of words of the text, such as initials."""
    rest = iter(re.findall(r"\w+", text))
    word = ""
    for letter in letters:
        if word.startswith(letter):
            word = word[1:]
            continue
        word = next((later for later in rest if later.startswith(letter)), "")[1:]
        if not word:
            return False
    return bool(letters)
