"""Submissions of ODK and Kobo: read as they are exported, and what they answer."""
