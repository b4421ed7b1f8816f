"""``python -m mofconf`` is ``mofconf``."""

from mofconf.cli import main

main()
