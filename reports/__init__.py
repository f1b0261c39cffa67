"""What the weekly meeting holds in its hands: views, templates and figures."""
