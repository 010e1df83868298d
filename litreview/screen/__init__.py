"""Eligible or not, with the first reason that holds and the words that decided."""

from litreview.screen.screening import screen

__all__ = ["screen"]
