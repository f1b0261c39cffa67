"""Filings in: the services providers declared, as carriers keep them in CSV and XLSX."""
