"""Where a pair talks between meetings, and where the mentors of a programme help one another."""

from datetime import datetime

from academy.community.groups import services as groups
from academy.community.groups.queries import Visibility
from academy.community.groups.services import Charter, Room
from academy.community.models import LONGEST_NAME
from academy.community.naming import Said
from academy.mentoring.pairs import queries
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.programmes.models import Programme

FEATURE = "mentoring"
INK = "together"
TWO = Said(
    "La salle de votre binôme : vous deux, et personne d’autre.",
    "The room of your pair: the two of you, and nobody else.",
)
MENTORS = Said(
    "Entre mentors du programme : une question, une astuce, un doute. De vos mentorés, aucun nom.",
    "For the mentors of the programme: a question, a trick, a doubt. No names of those you mentor.",
)


def open_rooms(pair: MentoringPair, at: datetime) -> None:
    """The pair's own room, and the mentor let into the mentors'; once, whoever asks how often."""
    if pair.room_id is not None:
        return
    programme = queries.programme_of(pair)
    pair.room_id = groups.open_room(
        Room(FEATURE, f"pair:{pair.id}"),
        _charter(programme, Said(f"Binôme {pair.id}", f"Pair {pair.id}"), TWO),
        (pair.mentor_id, pair.mentee_id),
        at,
    )
    mentors = groups.open_room(
        Room(FEATURE, f"programme:{programme.id}:mentors"),
        _charter(programme, Said("Mentors", "Mentors"), MENTORS),
        (pair.mentor_id,),
        at,
    )
    groups.admit(pair.mentor_id, mentors, at)


def _charter(programme: Programme, name: Said, purpose: Said) -> Charter:
    return Charter(
        Visibility.HIDDEN,
        INK,
        Said(
            f"{name.fr} · {programme.name_fr}"[:LONGEST_NAME],
            f"{name.en} · {programme.name_en}"[:LONGEST_NAME],
        ),
        purpose,
    )
