"""The language server: protocol on the one side, the incremental engine and ``ide`` on the other.

Invariants: only this room knows the protocol, and only ``server`` uses it; whatever a client
sends is answered once.
"""
