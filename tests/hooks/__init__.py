"""Tests of hooks: real git, and the real pre-commit."""
