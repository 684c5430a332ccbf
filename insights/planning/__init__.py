"""Planning: who answers and who does not, how many answers are lacking, and when they come."""
