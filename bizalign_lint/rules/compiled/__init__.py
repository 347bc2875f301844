"""Rules to functions."""
