"""One month, stage by stage: what the step does with the agents' answers."""
