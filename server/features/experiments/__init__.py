"""Models against each other on real shoppers: sticky arms, Thompson sampling, guard rails."""
