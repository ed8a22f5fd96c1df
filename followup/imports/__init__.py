"""What the portal takes in: the register workbook."""
