"""Signed credentials: badges, visas and the passport as files that verify without the academy."""
