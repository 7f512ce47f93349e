"""What comes in from outside: tables of offices, photographs of executors."""
