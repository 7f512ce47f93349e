"""What people fill in about plans, reports and control."""
