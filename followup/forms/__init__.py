"""Forms of the follow-up pages."""
