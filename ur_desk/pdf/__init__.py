"""Letter content to tagged pages: the only importer of reportlab, which bears only one thread."""
