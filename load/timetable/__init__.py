"""When the batches should go out so that the standard holds with the agents there are."""
