"""What someone wants to keep an eye on."""
