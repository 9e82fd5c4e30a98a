"""Tests of the publishing floor; a package, so that its conftest does not hide the one above."""
