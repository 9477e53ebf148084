"""Other shops' programs: their products and interactions come in, recommendations go out."""
