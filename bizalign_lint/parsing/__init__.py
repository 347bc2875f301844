"""Bytes → documents; places in the text are located later, for what is reported.

Invariants: no user's file makes it raise; a mistake in the text is a Flaw, and the other documents
of the file are still read. Only places that are reported are located.
"""
