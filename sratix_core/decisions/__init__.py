"""Why something was refused or cost what it cost: the rules that were asked, kept under the reference people are shown.

Owns the kept refusals; reasons of scans and prices are told from the rows that already hold them.
"""
