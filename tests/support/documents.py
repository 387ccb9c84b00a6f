"""Finds the examples of a documentation page, and runs them.

Every `sh` block is run, in order, by one shell. Words after the language say more:

- `sh no-run`: not run, since it installs something or never ends; `sh exits=4`: must end with that code;
  `sh serves`: starts a server that runs until the page ends, in place of the one every page has otherwise.
- `yaml file=people.yaml`, in any language: the block is that file in the folder of the shell.
- `json` and `text` blocks after a `sh` block say what it must have printed: JSON is part of the last answer, each line
  of text part of some line. `…` stands for anything. `json no-run` shows something else.

A refusal that the page does not show is a mistake, and so is a command that fails.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from logindrill.rules.values import replace

ELLIPSIS = "…"
_FENCE = re.compile(r"^ *```(.*)$")
_SHOWN = ("json", "text")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the words after it, its text, and the line it begins on."""

    language: str
    words: tuple[str, ...]
    text: str
    line: int

    @property
    def runs(self) -> bool:
        """Whether it is for the shell."""
        return self.language == "sh" and "no-run" not in self.words

    @property
    def serves(self) -> bool:
        """Whether it starts the server of its page."""
        return self.runs and "serves" in self.words

    @property
    def file(self) -> str | None:
        """The file whose content it is."""
        return self._word("file")

    @property
    def exit_code(self) -> int:
        """The expected exit code."""
        return int(self._word("exits") or 0)

    def _word(self, name: str) -> str | None:
        return next((word.partition("=")[2] for word in self.words if word.startswith(f"{name}=")), None)


@dataclass(frozen=True, slots=True)
class Played:
    """What the shell printed in one block, and its exit code; None if the shell did not finish."""

    output: str
    code: int | None

    @property
    def answers(self) -> list[Any]:
        """Every JSON object or list that was printed, in order."""
        return list(_values(self.output))


def blocks(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    found: list[Block] = []
    opened: Block | None = None
    for number, line in enumerate(page.splitlines(keepends=True), 1):
        start_guard = _FENCE.match(line)
        if start_guard and opened is None:
            language, *words = start_guard[1].split() or [""]
            opened = Block(language, tuple(words), "", number)
        elif start_guard and opened is not None:
            found.append(opened)
            opened = None
        elif opened is not None:
            opened = replace(opened, text=opened.text + line)
    assert opened is None, "a block is never closed"
    return found


def shown_after(page: list[Block]) -> dict[int, Block]:
    """By the line of a block for the shell: what it must have printed."""
    return {
        before.line: after
        for before, after in pairwise(page)
        if before.runs and after.language in _SHOWN and "no-run" not in after.words and after.file is None
    }


def lacks(shown: Any, found: Any) -> str | None:
    """The part of the shown JSON that the answer lacks, as path and reason; None if the answer contains all of it."""
    if isinstance(shown, dict) and isinstance(found, dict):
        misses = (f".{key}{why}" for key in shown if (why := lacks(shown[key], found.get(key))) is not None)
        return next(misses, None)
    if isinstance(shown, list) and isinstance(found, list):
        rest = iter(found)
        missing = (n for n, item in enumerate(shown) if not any(lacks(item, other) is None for other in rest))
        return next((f"[{n}]: not among {json.dumps(found)}" for n in missing), None)
    if isinstance(shown, str) and isinstance(found, str) and ELLIPSIS in shown:
        return None if _pattern(shown).fullmatch(found) else f": {found!r} is not {shown!r}"
    return None if shown == found else f": {found!r} is not {shown!r}"


def has_line(shown: str, output: str) -> bool:
    """Whether a line of the output contains this one."""
    return any(_pattern(shown.strip()).search(line) for line in output.splitlines())


def script(page: list[Block]) -> str:
    """The page as one shell script that marks where each block begins and how it ended."""
    parts = ["exec 2>&1", "set -eu -o pipefail"]
    for block in page:
        if block.file is not None:
            parts.append(f"cat > {block.file} <<'END OF FILE'\n{block.text}END OF FILE")
        elif block.serves:
            parts.append(f"printf '\\036{block.line}\\n'\n{_in_background(block.text)}\nprintf '\\0370\\n'")
        elif block.runs and block.exit_code:
            parts.append(f"printf '\\036{block.line}\\n'\nset +e\n({block.text})\nprintf '\\037%s\\n' $?\nset -e")
        elif block.runs:
            parts.append(f"printf '\\036{block.line}\\n'\n{block.text}\nprintf '\\0370\\n'")
    return "\n".join(parts) + "\n"


def played(output: str) -> dict[int, Played]:
    """The output of a script, by the line of the block."""
    found = {}
    for part in output.split("\x1e")[1:]:
        line, _, rest = part.partition("\n")
        printed, ended, code = rest.partition("\x1f")
        found[int(line)] = Played(printed, int(code.split()[0]) if ended else None)
    return found


def links(page: str) -> list[tuple[str, str]]:
    """The files and folders that a page links to, each with its anchor; both may be empty."""
    found = re.findall(r"\]\(([^)\s#]*)(?:#([^)\s]*))?\)", _outside_blocks(page))
    return [(target, anchor) for target, anchor in found if "://" not in target]


def anchors(page: str) -> set[str]:
    """The anchors of a page: of its headings, as GitHub makes them, and those it sets itself."""
    text = _outside_blocks(page)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)"></a>', text))


def files(root: Path) -> list[Path]:
    """The pages whose examples are run."""
    return [root / "README.md", root / "docs" / "tutorial.md", *sorted((root / "docs" / "how-to").glob("*.md"))]


def _outside_blocks(page: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", page, flags=re.MULTILINE | re.DOTALL)


def _in_background(text: str) -> str:
    return (
        f"( {text.strip()} ) > server.log &\n"
        "until grep -q ' ready on ' server.log || ! kill -0 $!; do sleep 0.05; done\n"
        "cat server.log; grep -q ' ready on ' server.log"
    )


def _pattern(shown: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in shown.split(ELLIPSIS)), re.DOTALL)


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    position = 0
    while (start := re.compile(r"[{\[]").search(text, position)) is not None:
        try:
            value, position = decoder.raw_decode(text, start.start())
        except ValueError:
            position = start.end()
        else:
            yield value
