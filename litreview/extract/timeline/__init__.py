"""When things happened: times, moments, and one solved timeline per patient."""
