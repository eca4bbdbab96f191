"""Dated, cited parameters by topic: one YAML file and one ``Params`` per topic."""
