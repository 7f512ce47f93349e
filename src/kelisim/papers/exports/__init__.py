"""Papers as files: DOCX from templates, PDF."""
