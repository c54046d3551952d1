"""The registers: steering input, timeline, meetings, actors, contributors, evidence, trends, policies, themes."""
