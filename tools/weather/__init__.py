"""Storms: faults of clients, processes, disks and databases against real servers, and what others feel of them."""
