"""Steps that are run by hand, rarely, and never by the portal."""
