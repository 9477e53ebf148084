"""What is sold: listings, products, categories, drawings."""
