"""Login Drill: a mock authentication backend whose refusals can be explained."""

__version__ = "0.1.0"
