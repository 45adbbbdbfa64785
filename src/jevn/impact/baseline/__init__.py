"""The people without any change."""
