"""The pictures of docs/ide.md: real editors in a real terminal."""
