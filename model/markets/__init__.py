"""Markets: who gets what is scarce, exactly, by keyed priority and never by row."""
