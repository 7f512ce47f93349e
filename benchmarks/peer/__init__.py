"""The least Wagtail project that serves a page: the peer of our charter page."""
