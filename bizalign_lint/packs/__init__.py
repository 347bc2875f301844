"""Packs: schemas, rules, mappings and profiles that others share, read as part of the set-up.

Input: a folder of the repository, or the name of an installed Python package; for ``pack add``, an
address. Output: a Pack, and the files of each of its parts.

Invariants: nothing of a pack is imported or run; an installed pack is found by the metadata in the
interpreter's own package folders, never in the current folder; no file is read through a link that
leads out of the pack; a fetched pack that differs from its lock file is not used.
"""
