"""What to talk about, month after month: a theme, an agenda for an hour, questions that open. Pure."""

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
        Said("Faire connaissance", "Getting to know each other"),
        Said(
            "Savoir comment l’autre travaille, et ce que chacun espère.",
            "How the other works, and what each of you hopes for.",
        ),
        (
            Said(
                "10 min : une journée ordinaire de chacun, racontée sans fard.",
                "10 min: an ordinary day of each of you, told as it is.",
            ),
            Said(
                "20 min : le mentor montre un geste numérique de tous les jours, l’autre essaie.",
                "20 min: the mentor shows one everyday digital move, the other tries it.",
            ),
            Said(
                "20 min : choisir deux sujets pour les mois à venir.",
                "20 min: choose two topics for the months to come.",
            ),
            Said("10 min : fixer la prochaine rencontre.", "10 min: settle the next meeting."),
        ),
        (
            Said(
                "Quel outil vous fait perdre du temps chaque semaine ?",
                "Which tool costs you time every week?",
            ),
            Said(
                "Qu’auriez-vous aimé qu’on vous explique à votre arrivée ?",
                "What do you wish somebody had explained when you arrived?",
            ),
        ),
    ),
    Theme(
        Said("Essayer ensemble", "Trying together"),
        Said(
            "Passer de l’explication à la pratique, sur un vrai dossier.",
            "From explaining to doing, on a real piece of work.",
        ),
        (
            Said(
                "10 min : ce qui a servi depuis la dernière fois, et ce qui a résisté.",
                "10 min: what helped since last time, and what did not.",
            ),
            Said(
                "30 min : un travail du mentoré, fait à deux, le mentoré au clavier.",
                "30 min: a task of the mentee’s, done together, the mentee at the keyboard.",
            ),
            Said(
                "10 min : le mentoré explique à son tour une chose de la maison.",
                "10 min: the mentee explains, in turn, something of the house.",
            ),
            Said(
                "10 min : une petite chose à essayer seul d’ici la prochaine fois.",
                "10 min: one small thing to try alone before next time.",
            ),
        ),
        (
            Said(
                "Qu’est-ce qui vous retient d’essayer seul ?", "What keeps you from trying alone?"
            ),
            Said(
                "Qu’est-ce que les jeunes collègues voient ici que nous ne voyons plus ?",
                "What do younger colleagues see here that we no longer see?",
            ),
        ),
    ),
    Theme(
        Said("Prendre du recul", "Stepping back"),
        Said(
            "Parler de ce que le numérique change dans le métier : données, sécurité, IA.",
            "How digital tools change the job: data, security, AI.",
        ),
        (
            Said(
                "15 min : une nouveauté qui intrigue ou inquiète, regardée de près.",
                "15 min: something new that intrigues or worries, looked at closely.",
            ),
            Said(
                "25 min : ce qu’elle changerait dans vos deux métiers, honnêtement.",
                "25 min: what it would change in both your jobs, honestly.",
            ),
            Said(
                "20 min : une habitude à prendre, une à laisser.",
                "20 min: one habit to take up, one to drop.",
            ),
        ),
        (
            Said("À quoi ne confieriez-vous rien ?", "What would you trust with nothing?"),
            Said(
                "Sur quoi avez-vous changé d’avis ce mois-ci ?",
                "What did you change your mind about?",
            ),
        ),
    ),
    Theme(
        Said("Transmettre à d’autres", "Passing it on"),
        Said(
            "Faire profiter une équipe de ce que vous avez appris, puis se dire merci.",
            "Let a team have what you learnt, then thank each other.",
        ),
        (
            Said(
                "20 min : choisir une chose apprise, et à qui la montrer.",
                "20 min: choose one thing learnt, and whom to show it to.",
            ),
            Said(
                "20 min : la préparer à deux, en une page ou en cinq minutes.",
                "20 min: prepare it together, on a page or in five minutes.",
            ),
            Said(
                "20 min : ce que chacun emporte. Se remercier, et clore le binôme ici.",
                "20 min: what each takes away. Thank each other, and close the pair here.",
            ),
        ),
        (
            Said(
                "Qu’est-ce qui vous a le plus surpris chez l’autre ?",
                "What surprised you most about the other?",
            ),
            Said("Que referiez-vous autrement ?", "What would you do differently?"),
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
