"""The language server: protocol on the one side, the incremental engine and ``ide`` on the other.

Invariants: only this room knows the protocol, and only ``server`` speaks it; whatever a client
sends is answered once.
"""
