"""`make prove-pages`: every page as every role, in every language, at every width, under every condition."""
