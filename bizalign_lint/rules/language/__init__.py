"""Rule files → values: shapes, paths, expressions and messages as they are written.

Invariants: knows nothing of a graph; values are frozen and keep the pointer to where they are
written, so that whatever is wrong with them can be located.
"""
