"""Changes on the disk that happen whole or not at all, and files of others read within bounds."""
