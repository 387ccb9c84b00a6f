"""Why somebody cannot get in: attempts, people and messages explained, with what cures them and who may do it."""
