"""What an instructor takes to a class and brings home from it. Only ``cli`` imports it."""
