"""A server for agents, by the Model Context Protocol (MCP): calls of tools → answers as JSON.

A tool calls the functions that the command of the same name calls. Its answer holds the JSON of
that command in ``data``, one page at a time.

Invariants: only ``server`` imports the protocol's library. Files are written only by the function
that the command line passes in. Text from files of the workspace is in ``data`` or ``error`` and
nowhere else; descriptions and instructions are constants. The length of an answer is bounded, and
it names what it leaves out.
"""
