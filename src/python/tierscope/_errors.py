"""What the data or the question is refused with."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or to be warned of: where, what, and what helps."""

    text: str
    warning: bool
    file: str
    line: int
    attribute: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return self.text


class DataError(ValueError):
    """The data or the question is bad; every problem at once in `problems`."""

    def __init__(self, problems):
        self.problems = [Problem(*problem) for problem in problems]
        super().__init__("\n".join(str(problem) for problem in self.problems if not problem.warning))


class DataWarning(UserWarning):
    """What `tierscope` says on standard error."""
