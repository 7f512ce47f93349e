"""One script per claim; each prints its peer's figure, or the claim, beside ours."""
