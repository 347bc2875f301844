"""The default as-of date."""

from __future__ import annotations

import time
from datetime import date


def today() -> date:
    """The current local date."""
    # date.today() fails if TZ names an unknown time zone.
    return date(*time.localtime()[:3])
