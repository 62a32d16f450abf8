"""What may stand where: one table from which reader and schema are made."""
