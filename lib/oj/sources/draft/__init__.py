"""An edition that a workbook makes itself: its files, as far as the workbook and what is known of its questions say."""
