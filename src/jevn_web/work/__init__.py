"""The stored work: results of every step as rows, with the hashes of what they were made from."""
