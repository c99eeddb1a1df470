"""Appeals and reopenings: cases that follow another."""
