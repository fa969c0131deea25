"""The books: double entry, append-only, one transaction per business act, sealed in the journal.

Owns what every account holds; orders say what happened, the ledger says what it was worth. Nothing in it names a person.
"""
