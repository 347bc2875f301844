"""Features of editors over a snapshot of the model: completion, hover, code actions and so on.

Invariants: pure functions over a snapshot, independent of protocols and editors. Positions are
those of the engine: spans and edits in code points, counted from 1, and paths relative to the root.
"""
