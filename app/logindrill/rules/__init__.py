"""Pure rules: plain arguments in, a value out; they use no database, no clock and no request."""
