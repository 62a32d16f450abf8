"""Faults of the disk, wrapped round the store as it is."""
