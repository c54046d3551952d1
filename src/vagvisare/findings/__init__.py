"""Which judgements deserve a sentence, and the sentence."""
