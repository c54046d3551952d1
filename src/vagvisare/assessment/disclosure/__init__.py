"""Disclosure control: tables of counts whose small counts are hidden so that nobody can compute them again.

Read in this order: ``table`` (what is declared), ``protect`` (what is hidden and why), ``derived`` (what may then be
shown of sums, differences and shares), ``audit`` (what a reader can still work out), ``cell_key`` (tables that the
producer has protected with noise). ``grid``, ``moves``, ``search`` and ``exact`` are the machinery.
"""
