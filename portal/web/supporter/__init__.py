"""A supporter's pages: one matter, for a time, by a link that a young person gave."""
