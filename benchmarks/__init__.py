"""Benchmarks of Houseview: speed, memory and the quality of retrieval; see README.md beside this file."""
