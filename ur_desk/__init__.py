"""A desk for utilization review: request, policy, determination, letter and audit on the reviewer's own machine."""

__version__ = "0.1.0"
