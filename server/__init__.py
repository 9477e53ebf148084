"""The async Quart API of the shop: one process family, one PostgreSQL, the recommender in memory."""
