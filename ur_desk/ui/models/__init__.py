"""Qt models over the desk's values, one model a file."""
