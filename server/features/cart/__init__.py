"""What someone is about to buy."""
