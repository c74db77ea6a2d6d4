"""How an answer type says no."""


class Refused(Exception):
    """This answer cannot be taken; ``code`` has a sentence in every language, ``params`` fill it in."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params
