"""Demo and benchmark data: generated platform exports, the same at every start, nobody real in them."""
