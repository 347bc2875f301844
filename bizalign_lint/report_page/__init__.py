"""A model, what was found in it and what will be → one page to look at.

Invariants: which kinds are drawn, and by which paths they are read, is data
(``schemas/meta/report.yaml``); whatever is not known is drawn as not known; the page needs no
network, no script and no other file; the same input makes the same bytes.
"""
