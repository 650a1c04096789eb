"""The course as pages. Only ``cli`` imports it."""
