"""What is said in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in French and in English."""

    fr: str
    en: str

    def said(self, language: str) -> str:
        """The words in `language`; French when the language is not one of ours."""
        return self.en if language == "en" else self.fr
