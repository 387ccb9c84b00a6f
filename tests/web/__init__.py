"""What every door adds: bodies, problems, headers, cookies, and who may call at all."""
