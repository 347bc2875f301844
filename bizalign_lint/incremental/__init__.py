"""The engine kept warm: after an edit only what depends on it is done again."""
