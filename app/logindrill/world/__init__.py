"""A world: what a person writes down to fill a sandbox, and how it is put in and read out."""
