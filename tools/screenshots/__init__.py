"""Takes pictures of every page for the docs: `make screenshots` writes them into docs/screenshots."""
