"""The benchmarks: what the product promises in numbers, measured on a server of its own in a scratch folder."""
