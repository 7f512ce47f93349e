"""What visitors ask of evaluation."""
