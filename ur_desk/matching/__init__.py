"""A request against the library: findings, never an outcome."""
