"""Results become reports: what an answer says to people, and the values behind it; one file a question."""
