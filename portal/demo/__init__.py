"""The demo: invented data, and one command that starts the whole portal on one machine."""
