"""What a server is told before it starts, and the fence that decides whether it may."""
