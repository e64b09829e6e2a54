"""Our files before judges who know nothing of us: `make peers` (Node and the network are needed there)."""
