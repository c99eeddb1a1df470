"""The page of the auditor, and its parts."""
