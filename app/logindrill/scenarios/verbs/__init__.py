"""Short verbs: what people and testers do, as steps."""
