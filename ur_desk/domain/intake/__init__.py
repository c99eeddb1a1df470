"""What comes in: typed fields, files and papers, their receipt, and the cases that they resemble."""
