"""Cells to values: strict grammars, one value at a time and column by column."""
