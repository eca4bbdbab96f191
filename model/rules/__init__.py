"""Scalar rules: what one agent does, from facts and parameters alone."""
