"""What is done in evaluation."""
