"""One way round the whole portal, walked by whoever wants to see every page in every state: the
pictures of `make screenshots`, the accessibility tests, and the report of what they found."""
