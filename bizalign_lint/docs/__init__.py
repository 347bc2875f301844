"""Documentation made of what rules and schemas say themselves.

Invariants: pure functions to Markdown; the pages in docs/ are what this room makes today.
"""
