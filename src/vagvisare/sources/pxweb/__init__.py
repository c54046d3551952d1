"""PxWeb, the statistical database software of Swedish authorities, in its two interfaces."""
