"""Rule files → values: shapes, paths, expressions and messages as they are written.

Invariants: independent of graphs; values are frozen and keep the pointers to where they are
written, so that errors in them can be located.
"""
