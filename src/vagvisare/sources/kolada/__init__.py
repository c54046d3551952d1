"""Kolada, the database of key figures for Sweden's municipalities and regions, by its open interface, version 3."""

from vagvisare.sources.kolada.client import Kolada

__all__ = ["Kolada"]
