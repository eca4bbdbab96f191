"""The model beside published figures; later its estimation."""
