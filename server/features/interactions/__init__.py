"""The way in for everything the shop learns from."""
