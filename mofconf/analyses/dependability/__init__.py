"""Availability that is exact, or between bounds that are proven: from the gates of the graph to figures."""
