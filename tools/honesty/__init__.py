"""How often the rules are wrong: measured on simulated and on real series, and told on docs/method/honesty.md.

``make honesty`` measures anew (some minutes, two processes, seeded) and writes docs/method/honesty.json; ``page`` turns
that file into the page, and ``tools/method_pages.py`` keeps the two in step. All simulated figures are synthetic.
"""
