"""Requests for information: what could still change a result, asked for, tried for and come."""
