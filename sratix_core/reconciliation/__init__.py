"""What providers say of the money, laid beside what the books say: their statements read, every difference a case.

A case stays the same through every repeat, says what probably happened, and closes by itself once the difference is gone.
"""
