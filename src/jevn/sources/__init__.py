"""Providers of statistics: the only room that uses the network."""
