"""Coverage, discipline, effectiveness, reports: public pages."""
