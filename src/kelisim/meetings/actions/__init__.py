"""What is done at and around meetings: one public function for each verb."""
