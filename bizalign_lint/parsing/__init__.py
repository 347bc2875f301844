"""Bytes to documents, with places."""
