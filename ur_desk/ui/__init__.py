"""The desktop: windows, pages, widgets and models over the desk."""
