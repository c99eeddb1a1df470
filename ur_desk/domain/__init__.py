"""Values and rules of utilization review: immutable, pure, standard library only."""
