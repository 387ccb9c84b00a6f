"""`python -m logindrill.reference`: writes docs/reference of this checkout."""

from pathlib import Path

from logindrill.reference import write

write(Path("docs") / "reference")
