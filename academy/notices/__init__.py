"""What people are told: in the academy, by mail when they wish it, and the daily reminder."""
