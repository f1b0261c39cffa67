"""`python -m dialtest`: the command line, where the command itself is not on the path."""

from dialtest.commands import main

main()
