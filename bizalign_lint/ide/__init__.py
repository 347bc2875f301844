"""What can be asked of a snapshot about its files: pure functions, which know no editor.

Places are the engine's: spans and edits in code points, counted from 1, and paths below the root.
"""
