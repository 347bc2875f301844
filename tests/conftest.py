"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# The same examples in every run: a change is judged by what it changes, not by the day's luck.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")
