"""From a survey's answers to preliminary results, and the review of the answers."""
