"""Questions that a workspace, or two, can answer; one file a question."""
