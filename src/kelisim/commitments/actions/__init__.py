"""What is done with plans and commitments: one public function for each verb."""
