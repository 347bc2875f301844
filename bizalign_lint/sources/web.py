"""Reads documents of a limited size from a URL; only for commands with that purpose."""

from __future__ import annotations

import errno
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

MAX_BYTES = 100_000_000
"""Maximum size of a document; the largest known one has 10 MB."""
_SECONDS = 60
_HEADERS = {"Accept": "application/json", "User-Agent": "bizalign-lint"}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_address(text: str) -> bool:
    """Whether a text is an address, not the path of a file."""
    return text.startswith(("https://", "http://"))


def fetch(address: str) -> bytes:
    """The document at an address.

    Raises OSError, with the reason, if it cannot be read, is too large, or would be read over an
    unprotected connection.
    """
    _check(address)
    request = Request(address, headers=_HEADERS)  # noqa: S310 its scheme has been checked
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            _check(answer.url)
            return bounded(answer)
    except URLError as error:
        raise OSError(errno.EIO, _why(error)) from None
    except HTTPException as error:
        raise OSError(errno.EIO, f"the response is invalid: {type(error).__name__}") from None


def bounded(file: IO[bytes] | HTTPResponse) -> bytes:
    """The whole content of a document. Raises OSError if it is too large."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(errno.EFBIG, f"it has more than {MAX_BYTES:,} bytes")
    return content


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise OSError(errno.EPERM, "only https:// addresses are read")


def _why(error: URLError) -> str:
    if isinstance(error, HTTPError):
        return f"the server responds with status {error.code}"
    cause = error.reason
    return (cause.strerror or str(cause)) if isinstance(cause, OSError) else str(cause)
