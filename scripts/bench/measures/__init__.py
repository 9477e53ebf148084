"""One module per kind of measurement; each takes the stage and adds figures to the report."""
