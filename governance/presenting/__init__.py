"""What pages, lists and files show of the process, read from the database and said in words."""
