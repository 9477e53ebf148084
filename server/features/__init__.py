"""One folder per business feature; each reaches another only through its ``service``."""
