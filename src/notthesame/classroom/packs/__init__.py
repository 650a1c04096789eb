"""What an instructor holds in the hand, and what may go to students, made from the course."""
