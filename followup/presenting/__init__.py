"""The half-year report as one set of headings, tables and charts, which page, PDF and workbook all walk through."""
