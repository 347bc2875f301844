"""What vendors say of their releases → the dates of definitions that name one.

Invariants: a release is known by its exact name, or not at all; what a definition says itself is
never replaced; nothing here reads a file or asks the network.
"""

LOCK_NAME = "lifecycles.lock.json"
"""The file with what vendors say, beside the configuration."""
