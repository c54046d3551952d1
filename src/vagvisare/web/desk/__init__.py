"""The desk: where a person comes in, sees what waits, and finds their way; the trail is read here."""
