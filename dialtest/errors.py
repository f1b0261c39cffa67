"""What a user is told when something cannot go on: the problem, and what to do about it."""


class DialtestError(Exception):
    """A problem the user can act on; shown as two sentences, never as a traceback.

    problem: what was found, where, and what was expected. remedy: what to do, empty where nothing can be done.
    """

    exit_code = 2

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class CouldNotTest(DialtestError):
    """The test itself could not be made (network away, disk full): says nothing about the service."""

    exit_code = 3
