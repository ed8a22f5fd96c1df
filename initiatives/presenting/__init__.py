"""What is read from the database and said in words."""
