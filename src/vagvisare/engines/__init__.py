"""The kernels over every series of a store: on this machine, or on a cluster."""
