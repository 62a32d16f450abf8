"""Monitor whether an agreement to stop fighting is being kept."""
