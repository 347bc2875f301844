"""Flaws → edits of the text of a file, and the edits made.

Invariants: an edit changes what it says it changes and nothing else, or is not made; a file that
has changed meanwhile is left alone; a safe fix keeps what the author meant.
"""
