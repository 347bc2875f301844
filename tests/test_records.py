"""Records are made with names: of many values by position, two of one type could change places."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.modules import MODULES, PACKAGE, nodes, tree

MOST = 4
"""So many values may be given by position, of whatever types."""

Key = tuple[str, str]
"""A module, and a class in it."""

PATHS = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in MODULES
}
CLASSES = {
    (module, node.name): node
    for module, path in PATHS.items()
    for node in tree(path).body
    if isinstance(node, ast.ClassDef)
}


@cache
def _named(module: str) -> dict[str, Key]:
    """What names of a module stand for."""
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in nodes(PATHS[module])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return {**imported, **{name: (m, name) for m, name in CLASSES if m == module}}


@cache
def _fields(key: Key) -> tuple[tuple[str, str], ...]:
    """What a class of ours is made of, in order: names and types; nothing for any other."""
    node = CLASSES.get(key)
    if node is None:
        return ()
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            taken = one.args.args[1:]
            return tuple((a.arg, ast.unparse(a.annotation)) for a in taken if a.annotation)
    bases = (_named(key[0]).get(base.id) for base in node.bases if isinstance(base, ast.Name))
    own = (
        (one.target.id, ast.unparse(one.annotation))
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    )
    return (*(field for base in bases if base for field in _fields(base)), *own)


def _made(module: str) -> Iterator[tuple[ast.Call, tuple[tuple[str, str], ...]]]:
    """Where records are made, and what of."""
    for node in nodes(PATHS[module]):
        match node:
            case ast.Call(func=ast.Name(id=name)) if len(node.args) > MOST:
                yield node, _fields(_named(module).get(name, ("", "")))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (
                len(node.args) > MOST
            ):
                yield node, _fields((".".join(_named(module).get(name, ())), attr))


def test_no_two_values_could_change_places_unnoticed() -> None:
    found = []
    for module in PATHS:
        for call, fields in _made(module):
            types = Counter(type_ for _, type_ in fields[: len(call.args)])
            if types.total() and max(types.values()) > 1:
                found.append(f"{module}:{call.lineno}: {ast.unparse(call.func)}")
    assert found == [], "name the values, from the first of a type that comes twice"
