"""What is asked for and takes its time, as processes of their own that can be stopped and undone."""
