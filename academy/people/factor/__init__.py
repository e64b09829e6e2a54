"""A second factor beside the password: one-time codes of a phone, and recovery codes on paper."""
