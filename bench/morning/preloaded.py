"""`academy.serving`, for the application that tells its cost."""

from academy.serving import main
from bench.morning import served as served  # read before there are processes

if __name__ == "__main__":
    main()
