"""What one can do, one noun a file; every service begins with the unit of work, and none imports another.

Every door asks these, so that no way in is easier than another (S26).
"""
