"""What users see: the command, the page, reports. It computes nothing."""
