"""Schemas, rules, mappings and profiles that others share → their files, as data of the set-up.

In: a folder of the repository, or the name of an installed Python package, and for ``pack add`` an
address. Out: a Pack, and the files of each of its parts.

Invariants: nothing of a pack is imported or run; an installed one is found by the metadata in the
folders of the interpreter's own packages, never in the current folder; no file is read through a
link out of the pack; what was fetched is what its lock file says, or it is not used.
"""
