"""What other tools' files are read as."""
