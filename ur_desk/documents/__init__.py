"""Policy documents to numbered lines, and lines to a reading with findings."""
