"""The page behind the link of a mail that stops such mails."""
