"""One small workload, the skill ladder, in the frameworks of the field and in our way."""
