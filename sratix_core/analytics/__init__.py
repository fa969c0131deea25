"""Figures of events that would cost a count of all rows: summed from the sealed event log, compared by verify, never a truth."""
