"""Plans as pure tables, terms, the arithmetic of status: no Django here."""
