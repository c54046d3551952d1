"""A closer look at one series: noise, candidates, the county beside riket, and other reasonable choices."""
