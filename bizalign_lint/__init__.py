"""bizalign-lint: checks that business and technology definitions in git stay aligned."""

__version__ = "0.1.0"
