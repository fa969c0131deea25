"""Owns the small immutable things everything else is made of: money, time, ids, codes, signatures, words.

Nothing here knows a database, a request or a setting; every module can be read and tested alone.
"""
