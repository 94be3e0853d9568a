"""``python -m newsexport`` is the command line."""

import sys

from newsexport.cli import main

sys.exit(main())
