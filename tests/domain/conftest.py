"""What the tests of the rooms below share lies in this folder; pytest puts it on the path for them."""
