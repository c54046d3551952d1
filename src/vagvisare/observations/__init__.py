"""What was measured, and when we learnt it: immutable vintages with receipts."""
