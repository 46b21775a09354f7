"""A library in Milvus instead of a folder, for archives that one machine cannot hold.

``store.py`` is read first. ``docs/scale.md`` tells what is kept where, and what it costs.
"""
