"""Widgets that show values and say what the person asked."""
