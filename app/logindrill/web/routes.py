"""Routes that cost little to declare: what builds a route's address is compiled when somebody asks for the address."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class Route(Rule):
    """A rule of the URL map; werkzeug compiles two builders for each, most of which are never called.

    Some hundred routes made that a tenth of a second of every start. Where the library changes its insides, this falls
    back to what it does.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, /, **values: str) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build
