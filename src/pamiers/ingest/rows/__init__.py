"""Values to rows of the record, column by column, with an account of each row."""
