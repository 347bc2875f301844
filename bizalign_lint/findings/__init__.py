"""Flaws and broken rules to findings; what is accepted or known is left out."""
