"""What every feature stands on. Nothing here imports a feature."""
