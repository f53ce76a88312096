"""Fetches what addresses name, politely and within limits, and never from where a stranger's link should not reach."""
