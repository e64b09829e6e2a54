"""What a group is called, in the languages its founder speaks. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Something said in French, in English, or in both."""

    fr: str = ""
    en: str = ""

    def tongue(self, language: str) -> str:
        """The language in which a reader of `language` gets it: theirs where there is one."""
        wanted, other = ("en", "fr") if language == "en" else ("fr", "en")
        return wanted if getattr(self, wanted) else other

    def said(self, language: str) -> str:
        return self.en if self.tongue(language) == "en" else self.fr
