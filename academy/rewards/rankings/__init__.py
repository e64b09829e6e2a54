"""Rankings for who asks for them: colleagues around me this month, entities by rate of participation."""
