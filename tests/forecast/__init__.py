"""What forecasts say, held against checks of each day."""
