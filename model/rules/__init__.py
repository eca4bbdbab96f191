"""Scalar rules: what one agent does, from facts and parameters, without state, clock or luck of its own."""
