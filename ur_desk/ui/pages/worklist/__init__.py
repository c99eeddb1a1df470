"""The page of the worklist, and its parts."""
