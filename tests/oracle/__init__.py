"""The engine held against two others: pySHACL, and a naive evaluation of the rule language."""
