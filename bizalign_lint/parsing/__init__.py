"""Bytes → documents, and later the places of what is reported.

Invariants: no file of a user makes it raise; a mistake in the text is a Flaw, and the other
documents of the file are read all the same. Places are looked up only for what is reported.
"""
