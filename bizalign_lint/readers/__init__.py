"""Bytes of another tool's file → records: type, identity, fields, and the place of each.

Invariants: a reader knows a format, and nothing of our kinds; what a record means is for a mapping
to say. It takes bytes, not paths, so that the index, a revision and an editor's buffer work. What
is wrong with a file is a Flaw with its place; nothing is fetched, and no file is ever written.
"""
