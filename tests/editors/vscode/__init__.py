"""Real VS Code with the built extension: fetched, driven, and photographed for docs/ide.md."""
