"""The page of administration, and its parts."""
