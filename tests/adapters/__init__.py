"""The few things that touch the outside world."""
