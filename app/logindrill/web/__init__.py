"""What every door shares: bodies, problem documents, headers, cookies, access checks and the API document."""
