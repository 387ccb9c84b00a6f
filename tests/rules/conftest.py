"""How properties are tried: always the same examples, and no matter how long one takes on a busy machine."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
