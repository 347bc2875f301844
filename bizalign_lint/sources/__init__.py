"""Files in, from disk, the git index or a revision."""
