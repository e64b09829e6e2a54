"""An expected "no", with words for the reader."""


class Refusal(Exception):
    """Something a person asked for cannot be done; the page says why and nothing has changed.

    `words` is shown as it is (a string, or a lazy translation); `status` is the HTTP status.
    """

    def __init__(self, words: object, status: int = 400) -> None:
        super().__init__(words)
        self.words = words
        self.status = status
