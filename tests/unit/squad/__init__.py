"""Tests of ``qa.squad``."""
