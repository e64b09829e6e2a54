"""Reading lessons, answering their check, passing module quizzes."""
