"""Keys for tests only: fixed, so that a failing run can be repeated."""

TEST_KEYS = {
    "SECRET_KEY": "for-tests-only",
    "WORDS_KEY": "dGVzdHMtb25seS13b3Jkcy1rZXktMzItYnl0ZXMtYWE",
    "DATA_KEY": "dGVzdHMtb25seS1kYXRhLWtleS0tMzItYnl0ZXMtYWE",
}
