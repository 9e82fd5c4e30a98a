"""What the words, signs and names in strangers' tables mean."""
