"""What editors that know nothing of us are given: a schema of definitions, and its setting."""
