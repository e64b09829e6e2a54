"""Opening the academy to populations step by step, with what one needs to know to go on or to wait."""
