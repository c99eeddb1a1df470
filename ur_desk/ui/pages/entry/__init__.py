"""The page of entering a request, and its parts."""
