"""What is asked of meetings and decisions."""
