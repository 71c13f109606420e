"""What the product is compared with. Each file is a program of its own and knows nothing of the product."""
