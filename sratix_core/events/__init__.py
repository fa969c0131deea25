"""Events with their venue, sessions and speakers. Owns the life-cycle draft, published, cancelled, archived."""
