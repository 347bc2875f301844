"""The language server: the engine kept warm, told of every edit. Only ``server`` speaks to it."""
