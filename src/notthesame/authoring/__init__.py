"""What no learner runs: audit, running and storing notebooks, generated files. Only ``cli`` imports it."""
