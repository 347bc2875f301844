"""What is in force in a workspace."""
