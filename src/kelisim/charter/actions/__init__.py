"""What is done to charters: one public function for each verb of the field."""
