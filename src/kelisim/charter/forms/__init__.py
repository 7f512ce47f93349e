"""What is asked of people who prepare and publish charters."""
