"""Flaws → edits to the text of a file, and the text with the edits applied.

Invariants: an edit changes what it declares and nothing else, or it is not applied; a file that has
changed in the meantime is left alone; a safe fix keeps what the author meant.
"""
