"""Commands around the shop: seeding, measuring, exporting. Nothing in the shop imports them."""
