"""Questions to begin with, for two people who have five minutes: light, never about rank or private life."""

from academy.community.naming import Said

QUESTIONS = (
    Said(
        "Quel outil numérique vous fait gagner le plus de temps ?",
        "Which digital tool saves you most time?",
    ),
    Said(
        "Quel réglage de votre téléphone avez-vous changé et ne quitteriez plus ?",
        "Which setting of your phone did you change and would never change back?",
    ),
    Said(
        "Qu’aimeriez-vous qu’on vous montre une fois, sans se presser ?",
        "What would you like to be shown once, without any hurry?",
    ),
    Said(
        "Qu’avez-vous appris cette année d’une personne plus jeune ou plus âgée que vous ?",
        "What did you learn this year from somebody younger or older than you?",
    ),
    Said(
        "Quelle est la première chose que vous ouvrez le matin : un écran, un carnet, une fenêtre ?",
        "What do you open first in the morning: a screen, a notebook, a window?",
    ),
    Said(
        "Quel mot du numérique vous agace, et par quoi le remplaceriez-vous ?",
        "Which digital word annoys you, and what would you say instead?",
    ),
    Said(
        "Qu’est-ce qui a le plus changé dans votre métier depuis que vous l’exercez ?",
        "What has changed most in your trade since you began?",
    ),
    Said(
        "Quelle tâche confieriez-vous volontiers à une machine ? Et laquelle jamais ?",
        "Which task would you gladly leave to a machine? And which one never?",
    ),
    Said(
        "Si vous pouviez passer une journée dans un autre métier de la maison, lequel ?",
        "If you could spend a day in another trade of the house, which one?",
    ),
    Said(
        "Comment apprenez-vous le mieux : en lisant, en regardant, en essayant ?",
        "How do you learn best: by reading, watching or trying?",
    ),
    Said(
        "De quelle petite victoire récente êtes-vous content ?",
        "Which small success of late are you pleased with?",
    ),
    Said(
        "Quelle question n’osez-vous plus poser, parce que tout le monde semble savoir ?",
        "Which question do you no longer dare to ask, because everybody seems to know?",
    ),
    Said(
        "Qu’est-ce qui vous aide à décrocher des écrans ?",
        "What helps you to get away from screens?",
    ),
    Said(
        "Quel objet de votre bureau raconte quelque chose de vous ?",
        "Which thing on your desk tells something about you?",
    ),
    Said(
        "Quel conseil donneriez-vous à quelqu’un qui arrive demain ?",
        "What would you advise somebody who joins tomorrow?",
    ),
    Said(
        "Avez-vous déjà réparé quelque chose en suivant une vidéo ?",
        "Have you ever repaired something by following a video?",
    ),
    Said(
        "Qu’aimeriez-vous avoir compris dans quatre mois ?",
        "What would you like to have understood four months from now?",
    ),
    Said(
        "Préférez-vous un message, un appel ou un café ? Pour quoi ?",
        "Do you prefer a message, a call or a coffee? What for?",
    ),
    Said(
        "Quelle idée d’une autre équipe avez-vous empruntée ?",
        "Which idea of another team did you borrow?",
    ),
    Said(
        "Qu’est-ce qui rend une réunion réussie, selon vous ?",
        "What makes a meeting good, in your view?",
    ),
    Said(
        "Quel service en ligne avez-vous essayé, puis quitté ? Pourquoi ?",
        "Which online service did you try, then leave? Why?",
    ),
    Said(
        "Que montreriez-vous volontiers à un collègue en dix minutes ?",
        "What would you gladly show a colleague in ten minutes?",
    ),
    Said(
        "Quelle habitude du bureau feriez-vous découvrir au monde entier ?",
        "Which habit of the office would you show to the whole world?",
    ),
    Said(
        "Quand avez-vous changé d’avis sur une technologie ?",
        "When did you change your mind about a technology?",
    ),
)
