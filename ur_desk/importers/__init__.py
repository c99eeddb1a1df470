"""Request files to requests and problems."""
