"""What writes each synthetic table. No number in them says anything about the world."""
