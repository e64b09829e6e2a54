"""A programme at a glance, for its organisers: from the call to the last meeting of its pairs."""
