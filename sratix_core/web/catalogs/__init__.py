"""One module per language, each a dict from the English sentence to the translated one."""
