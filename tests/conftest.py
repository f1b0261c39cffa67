"""What holds for every test: generated input is never refused for taking long, as speed is measured and not tested."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
