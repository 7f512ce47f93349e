"""What people fill in about bodies and the register."""
