"""What is asked of bodies, mandates and the register."""
