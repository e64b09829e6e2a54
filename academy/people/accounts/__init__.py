"""My account: who I am here, my password, my address, my sessions."""
