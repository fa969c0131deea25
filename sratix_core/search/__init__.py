"""Finding again: the words by which orders and people are found, kept in step by their rooms, and lists people saved."""
