"""Every verb of the program: blocking, without a screen."""
