"""The engine's numbers made anew at night from the answers, weighed on people held out, and numbered."""
