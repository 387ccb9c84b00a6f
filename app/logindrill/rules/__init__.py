"""Pure rules: plain arguments in, a value out; no database, no clock, no request."""
