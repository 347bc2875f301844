"""The IRIs that the RDF export uses, and values as RDF literals."""

from __future__ import annotations

import json
from decimal import Decimal
from math import isfinite
from typing import Any
from urllib.parse import quote

from bizalign_lint.exporters.turtle import XSD, Iri, Literal

SH = "http://www.w3.org/ns/shacl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KIND = "urn:bizalign:v1:kind:"
PROPERTY = "urn:bizalign:v1:property:"
INVERSE = "urn:bizalign:v1:inverse:"
PATH = "urn:bizalign:v1:path:"
RULE = "urn:bizalign:v1:rule:"
MODEL = "urn:bizalign:model:"

PREFIXES = {
    "sh": SH,
    "xsd": XSD,
    "rdfs": RDFS,
    "rdf": RDF,
    "kind": KIND,
    "p": PROPERTY,
    "inv": INVERSE,
    "rule": RULE,
}


def sh(name: str) -> Iri:
    """A term of the SHACL vocabulary."""
    return Iri(f"{SH}{name}")


def kind(name: str) -> Iri:
    """The class of all nodes of a kind."""
    return Iri(f"{KIND}{_encoded(name)}")


def property_(name: str) -> Iri:
    """The predicate of a property or relation."""
    return Iri(f"{PROPERTY}{_encoded(name)}")


def inverse(name: str) -> Iri:
    """The predicate of an inverse, by the name that the schema gives it."""
    return Iri(f"{INVERSE}{_encoded(name)}")


def path(text: str) -> Iri:
    """The predicate from a node to all values of a path; its name is the text of the path."""
    return Iri(f"{PATH}{_encoded(text)}")


def rule(id_: str) -> Iri:
    """The IRI of a rule's shape."""
    return Iri(f"{RULE}{_encoded(id_)}")


def node(base: str, kind_name: str, namespace: str, name: str) -> Iri:
    """The IRI of a node; ``base`` distinguishes several models in one graph."""
    holder, mark, nested = name.partition("#")
    fragment = f"#{_encoded(nested)}" if mark else ""
    return Iri(f"{base}{_encoded(kind_name)}/{_encoded(namespace)}/{_encoded(holder)}{fragment}")


def _encoded(text: str) -> str:
    return quote(text, safe="/")


def literal(value: Any, datatype: str) -> Literal:
    """A value as a literal; ``datatype`` is the one that its property declares.

    Equal values become equal terms, because SHACL compares terms and we compare values.
    """
    match value:
        case bool():
            return Literal("true" if value else "false", f"{XSD}boolean")
        case int() | float():
            return _number(value)
        case str():
            return Literal(value, f"{XSD}date") if datatype == "date" else Literal(value)
    return Literal(json.dumps(value, sort_keys=True), f"{RDF}JSON")


def _number(value: float) -> Literal:
    if not isfinite(value):
        return Literal(str(value).upper().replace("INFINITY", "INF"), f"{XSD}double")
    if value == int(value):
        return Literal(str(int(value)), f"{XSD}integer")
    return Literal(f"{Decimal(repr(value)):f}", f"{XSD}decimal")
