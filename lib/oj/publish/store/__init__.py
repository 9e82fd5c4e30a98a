"""What has been made before, kept so that nothing is made twice."""
