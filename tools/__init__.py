"""What looks after the product from outside: the bench, and the pictures for the docs."""
