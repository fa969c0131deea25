"""The sealed journal: who did what, what happened, and the chain that shows nothing was changed."""
