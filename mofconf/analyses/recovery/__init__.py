"""What it takes to bring something back: how long, in which order, and how much data is lost."""
