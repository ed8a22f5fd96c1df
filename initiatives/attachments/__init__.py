"""May this file be taken in, as what, and in which shape? Rules that know neither Django nor the database.

The content decides, never the name. ``child`` runs the rules in a process of its own; ``inspecting`` starts it.
"""
