"""What machines that watch over the academy ask: may it be sent people, and how is it doing?"""
