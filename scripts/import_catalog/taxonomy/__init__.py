"""The tree of categories, and the rules that find a product's place in it."""
