"""What a person is asked of editions that workbooks made, and the answers read back: the same question, area, unit."""
