"""Text to trees: strict YAML and JSON whose every value knows where it stands."""
