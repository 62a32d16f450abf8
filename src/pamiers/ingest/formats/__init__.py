"""One module for each field format; none of them knows another."""
