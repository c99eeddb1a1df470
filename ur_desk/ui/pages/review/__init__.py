"""The page of reviewing a case, and its parts."""
