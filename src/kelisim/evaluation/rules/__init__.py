"""May this be done in evaluation."""
