"""Tests of the store and its flow."""
