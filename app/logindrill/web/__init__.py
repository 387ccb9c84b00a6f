"""What every door speaks: HTTP bodies, problems, headers, access, and the API document."""
