"""What is done with papers: one public function for each verb."""
