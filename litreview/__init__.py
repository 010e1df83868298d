"""Keeps a review of published patient cases alive."""

__version__ = "0.1.0"
