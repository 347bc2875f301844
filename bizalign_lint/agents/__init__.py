"""A server for agents, by the Model Context Protocol: calls of tools → answers as JSON.

A tool asks what a command asks, of the same functions, and its answer holds the same JSON
(``data``), a page of it at a time.

Invariants: the protocol's library is imported in ``server`` alone. Nothing is written but by what
the command line hands in. What comes from files of the workspace is in ``data`` or ``error``, and
in nothing else; descriptions and instructions are constants. An answer has at most so many
characters, and names what it leaves out.
"""
