"""What an advert or a page claims."""
