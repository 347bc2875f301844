"""Bytes of another tool's file → records with type, identity, fields and their places.

Invariants: a reader knows a format but none of our kinds; mappings define what records mean. It
takes bytes, not paths, so that the index, revisions and editor buffers work, too. Anything wrong in
a file is a Flaw with its place; nothing is fetched, and no file is ever written.
"""
