"""Determinations: who may decide what, on what ground, what a signature must bear, and what became of the lines."""
