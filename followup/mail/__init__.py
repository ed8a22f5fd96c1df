"""What follow-up tells by mail, and what it leaves to the worker."""
