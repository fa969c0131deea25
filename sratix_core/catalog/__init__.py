"""What can be bought: ticket types and the capacity pools they draw on. Owns the count of units taken."""
