"""The configuration → what is in force in a workspace: files, rules, severities, parameters.

Invariants: whatever is wrong in it is a ConfigError with its place; where each value comes from
is remembered.
"""
