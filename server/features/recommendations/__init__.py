"""What is shown to whom, and why."""
