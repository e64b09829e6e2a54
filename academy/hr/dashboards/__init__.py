"""Pages of figures for those who look after an entity, or the company."""
