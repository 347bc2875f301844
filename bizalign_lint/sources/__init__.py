"""Where files come from: the disk, git's index or a revision → sources (path and bytes).

Invariants: nothing else asks git, and git takes no orders from what is checked. A file that
cannot be read is a Flaw. Paths are relative to the workspace's root, with forward slashes.
"""
