"""The command line: one module per command, each with its arguments and its run."""
