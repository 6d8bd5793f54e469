"""Redaction: what in a text could say who somebody is, found and replaced. Pure, offline."""
