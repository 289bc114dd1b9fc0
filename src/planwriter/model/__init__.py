"""The nouns: WorkPlan, its sections, OfficialDocument, and what is wrong with them."""
