"""What can be asked of a snapshot of the model: completion, hovers, actions, and so on.

Invariants: pure functions over a snapshot, which know no protocol and no editor. Places are the
engine's: spans and edits in code points, counted from 1, and paths below the root.
"""
