"""World documents: read, checked, packed."""
