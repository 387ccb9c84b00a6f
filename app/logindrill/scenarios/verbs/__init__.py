"""Functions that make the steps of scenarios, grouped by what people and testers do."""
