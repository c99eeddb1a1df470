"""Letters of a case: what may leave, how it left, and what its words must not say."""
