"""Published dates of releases → definitions of releases, completed with the dates they lack.

Input: what vendors and collectors publish, or the lock file made of it. Output: the lock file, and
definitions with dates filled in.

Invariants: a release is recognised by its exact name or not at all; a date that a definition has is
never replaced; no module reads a file or uses the network.
"""

LOCK_NAME = "lifecycles.lock.json"
"""The name of the lock file, which is beside the configuration."""
