"""The page of what came in, and its parts."""
