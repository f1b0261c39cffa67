"""What people put into a campaign folder: settings, filings, numbers, scenarios, papers; opened and checked."""
