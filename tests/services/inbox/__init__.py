"""The captured inbox: read, waited for, changed."""
