"""A model, its findings and its forecast → one HTML page.

Invariants: which kinds are drawn, and the paths by which they are read, are data
(``schemas/meta/report.yaml``); what is not known is shown as not known; the page works without
network, scripts and other files; the same input gives the same bytes.
"""
