"""The page of a sender's columns, and its parts."""
