"""A strategy as a value: editions with stable addresses, registers, and the checks that hold them together."""
