"""A second reading of the clauses, written from the text with exact fractions.

It imports nothing from the model and shares no constant with it: what the two agree on was
derived twice. Facts are mappings by name in fen, millionths and months since January 1900, as the
rules receive them; settings are the names of options. ``None`` means not eligible.
"""
