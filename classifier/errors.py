"""What the classifier says when it cannot do what was asked."""


class ModelMissing(Exception):
    """No usable model: the sentence says what is wrong. A missing model delays nothing."""


class BadExample(Exception):
    """A line of examples or of items to suggest for cannot be read; the sentence says which."""


class NotPromoted(Exception):
    """A model is not put into use, or not taken out of it; the sentence says why."""
