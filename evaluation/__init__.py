"""Are the odds true: `make evaluate` measures them on correspondence that nobody here wrote. Not shipped.

The data are not ours and none of them is in the repository; docs/strength.md has the tables and says how to read them.
Plain Python: what a test of the odds stands on should be read in one sitting, and installs nothing.
"""
