"""Services, on frozen sandboxes and on both databases."""
