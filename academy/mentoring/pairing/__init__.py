"""Who goes with whom: wishes of both sides in, pairs nobody can fault out. Pure: no clock, no database.

`pool` says what goes in, `solver.propose` finds the pairs of a session, `wide` those of a large pool,
`explaining` and `trying` say why and what if, `audit` what to keep.
"""
