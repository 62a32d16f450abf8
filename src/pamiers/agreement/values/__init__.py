"""What agreements are made of: quantities, moments, weapons, blanks."""
