"""Values to versioned plain data and back: the only place that knows JSON keys."""
