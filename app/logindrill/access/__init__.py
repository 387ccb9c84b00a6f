"""Who may come in and do what: sessions recognised, permissions checked, circumstances applied, access ended."""
