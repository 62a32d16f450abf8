"""The six journeys, each walked step by step in a browser against a service."""
