"""Services: what a caller can do, one topic a file.

Every service takes the unit of work first, and none imports another.

Every door calls the same services, so that no door is easier to pass than another (S26).
"""
