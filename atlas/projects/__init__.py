"""Undertakings that the plan lists, read from its text by program."""
