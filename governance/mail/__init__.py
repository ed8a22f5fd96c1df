"""From a notice to a mail that has been handed over: what it says, the sending, the worker's tasks."""
