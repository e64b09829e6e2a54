"""The gift shop: what stars and keys buy, until it is handed over; every coin that moves has two sides."""
