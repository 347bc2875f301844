"""What people write into the set-up is refused with its place, or works; it never crashes."""
