"""Documentation made of what the rules and schemas say themselves. Pure functions to Markdown."""
