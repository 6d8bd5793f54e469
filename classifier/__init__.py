"""Suggests what a piece of feedback is; never decides.

Importing this package loads nothing heavy: spaCy is imported by `classifier.pipeline` alone,
when a model is loaded.
"""
