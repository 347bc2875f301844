"""Findings to edits of files."""
