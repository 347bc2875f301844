"""The disk, git's index or a revision → the files of a workspace as sources (path and bytes).

Invariants: no other room runs git, and nothing in the checked folder can make git start a program
or use the network. A file that cannot be read is a Flaw. Paths are relative to the workspace's
root, with forward slashes.
"""
