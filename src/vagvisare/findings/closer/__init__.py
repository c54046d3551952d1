"""The words of a closer look: why a finding holds, or does not."""
