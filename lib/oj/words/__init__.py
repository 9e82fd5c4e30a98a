"""What is said, and how: errors, faults, Swedish, the field's terms."""
