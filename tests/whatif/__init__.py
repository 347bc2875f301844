"""What a change does, before anybody makes it."""
