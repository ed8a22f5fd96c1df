"""What the portal takes in from those who decide: the form of assessment, filled in as a workbook."""
