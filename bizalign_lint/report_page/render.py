"""The parts of the page → HTML, with a content security policy that forbids loading anything."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bizalign_lint import __version__
from bizalign_lint.core.words import counted, spaced
from bizalign_lint.report_page.reader import day, money, number

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent / "templates"


def render(parts: Mapping[str, Any]) -> Iterator[str]:
    """The HTML of the page, piece by piece."""
    environment = _environment()
    style = _squeezed(environment.get_template("page.css").render(tones=parts["tones"]))
    script = _squeezed((_HERE / "page.js").read_text("utf-8"))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    template = environment.get_template("page.html")
    stream = template.stream(parts, style=style, script=script, policy=policy, version=__version__)
    stream.enable_buffering(200)
    yield from stream


@cache
def _environment() -> Environment:
    """The templates, compiled once in a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(day=day, money=money, number=number, spaced=spaced)
    environment.globals.update(counted=counted)
    return environment


def _squeezed(text: str) -> str:
    """A style sheet or script without indentation and empty lines."""
    return "\n".join(line for raw in text.splitlines() if (line := raw.strip()))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
