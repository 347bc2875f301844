"""The day that all is judged for, unless another one is asked for."""

from __future__ import annotations

import time
from datetime import date


def today() -> date:
    """The day it is where the person is."""
    # Not by datetime, which fails in a time zone that there is not.
    return date(*time.localtime()[:3])
