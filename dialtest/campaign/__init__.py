"""Plan, drive, resume and judge a campaign."""
