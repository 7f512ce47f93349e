"""Papers as values: what a template is filled with."""
