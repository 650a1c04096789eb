"""The labs: explorers where two or more inputs interact. Each is a view over a tested function."""
