"""Grading: tasks and questions that are not in the public bank, made from templates and a seed."""
