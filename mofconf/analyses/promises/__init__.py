"""Promises: each SLA against all that carries it. Every check of the chain has a result, and a reason for it."""
