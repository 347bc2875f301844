"""The configuration → the settings of a workspace: files, rules, severities, parameters.

Invariants: anything wrong in it is a ConfigError with its place; the origin of each value is
recorded.
"""
