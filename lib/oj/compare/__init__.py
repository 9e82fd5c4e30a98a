"""What is computed from published results; every rule says where it comes from."""
