"""Bytes to cells: encoding, dialect, header, and every line accounted for."""
