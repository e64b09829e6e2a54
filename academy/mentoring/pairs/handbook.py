"""What to talk about, month after month, as the handbook has it (content/culture/mentoring). Pure."""

from dataclasses import dataclass

from academy.community.naming import Said


@dataclass(frozen=True, slots=True)
class Theme:
    """One month: what it is about, what to do in the hour, what to ask when words are missing."""

    title: Said
    aim: Said
    agenda: tuple[Said, ...]
    questions: tuple[Said, ...]


THEMES = (
    Theme(
        Said("Outils du quotidien et craintes", "Daily tools and fears"),
        Said(
            "Faire connaissance, nommer ce qui inquiète, et réussir une petite chose.",
            "Get to know each other, name what worries, and make one small thing work.",
        ),
        (
            Said(
                "15 min : une journée ordinaire de chacun, et ce que chacun espère.",
                "15 min: an ordinary day of each of you, and what each hopes for.",
            ),
            Said(
                "10 min : le rythme, le lieu, ce qui reste entre vous.",
                "10 min: how often, where, what stays between you.",
            ),
            Said(
                "25 min : une petite chose qui marche, sur l’appareil du mentoré.",
                "25 min: one small thing that works, on the mentee’s own device.",
            ),
            Said(
                "10 min : la date suivante, agendas ouverts.",
                "10 min: the next date, diaries open.",
            ),
        ),
        (
            Said("Où n’osez-vous pas cliquer ?", "Where do you not dare to click?"),
            Said(
                "Quel outil vous fait perdre du temps chaque semaine ?",
                "Which tool costs you time every week?",
            ),
        ),
    ),
    Theme(
        Said("Réseaux et identité numérique", "Networks and digital identity"),
        Said(
            "Ce que les autres voient de vous, et ce que vous voulez qu’ils voient.",
            "What others see of you, and what you want them to see.",
        ),
        (
            Said(
                "10 min : refaire, seul, ce qu’on a appris la dernière fois.",
                "10 min: do again, alone, what was learnt last time.",
            ),
            Said(
                "30 min : son profil vu par un inconnu, qui voit quoi, un premier commentaire.",
                "30 min: one’s profile as a stranger sees it, who sees what, a first comment.",
            ),
            Said(
                "10 min : à son tour, le mentoré explique une chose de la maison.",
                "10 min: in turn, the mentee explains something of the house.",
            ),
            Said(
                "10 min : une petite chose à essayer seul, et la date suivante.",
                "10 min: one small thing to try alone, and the next date.",
            ),
        ),
        (
            Said(
                "Que voulez-vous qu’on trouve sur vous ?",
                "What do you want people to find about you?",
            ),
            Said(
                "Qu’est-ce que les jeunes collègues voient ici que nous ne voyons plus ?",
                "What do younger colleagues see here that we no longer see?",
            ),
        ),
    ),
    Theme(
        Said("IA et données au travail", "AI and data at work"),
        Said(
            "Demander, puis relire en cherchant l’erreur ; et ce qu’on ne confie pas.",
            "Ask, then read looking for the mistake; and what is not to be shared.",
        ),
        (
            Said(
                "10 min : refaire, et dire ce qui a servi ou résisté.",
                "10 min: do it again, and say what helped and what did not.",
            ),
            Said(
                "30 min : une demande dans l’outil approuvé, avec des données inventées.",
                "30 min: a request in the approved tool, with made-up data.",
            ),
            Said(
                "10 min : ce que cela changerait dans vos deux métiers, honnêtement.",
                "10 min: what it would change in both your jobs, honestly.",
            ),
            Said(
                "10 min : une habitude à prendre, une à laisser, et la date suivante.",
                "10 min: one habit to take up, one to drop, and the next date.",
            ),
        ),
        (
            Said("Que ne lui confieriez-vous jamais ?", "What would you never trust it with?"),
            Said(
                "Sur quoi avez-vous changé d’avis ce mois-ci ?",
                "What did you change your mind about?",
            ),
        ),
    ),
    Theme(
        Said("Transmettre", "Passing it on"),
        Said(
            "Faire profiter une équipe de ce que vous avez appris, puis se dire merci.",
            "Let a team have what you learnt, then thank each other.",
        ),
        (
            Said(
                "20 min : choisir une chose apprise, et à qui la montrer.",
                "20 min: choose one thing learnt, and whom to show it to.",
            ),
            Said(
                "20 min : préparer cinq minutes que le mentoré montrera à son équipe.",
                "20 min: prepare five minutes that the mentee will show their team.",
            ),
            Said(
                "20 min : ce que chacun emporte. Se remercier, et clore le binôme ici.",
                "20 min: what each takes away. Thank each other, and close the pair here.",
            ),
        ),
        (
            Said("Qu’allez-vous montrer, et à qui ?", "What will you show, and to whom?"),
            Said(
                "Qu’est-ce qui vous a le plus surpris chez l’autre ?",
                "What surprised you most about the other?",
            ),
        ),
    ),
)
AFTER = Theme(
    Said("Continuer", "Going on"),
    Said(
        "Garder le rendez-vous, sur ce qui compte pour vous ce mois-ci.",
        "Keep the meeting, about what matters to you this month.",
    ),
    (
        Said("15 min : les nouvelles, et ce qui a servi.", "15 min: the news, and what helped."),
        Said(
            "30 min : une question de l’un, puis une de l’autre.",
            "30 min: one question from each of you.",
        ),
        Said("15 min : la suite, et une date.", "15 min: what comes next, and a date."),
    ),
    (
        Said("Qu’aimeriez-vous savoir faire ?", "What would you like to be able to do?"),
        Said("Qui d’autre pourrait vous aider ?", "Who else could help you?"),
    ),
)


def theme_of(month: int) -> Theme:
    """The theme of a month, from 1 on; after the fourth they go on as they like."""
    return THEMES[month - 1] if month <= len(THEMES) else AFTER
