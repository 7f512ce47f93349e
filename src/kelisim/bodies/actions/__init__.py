"""What is done to bodies, mandates and the register: one public function for each verb."""
