"""``python -m nlp`` is the ``entrefilet`` command."""

import sys

from nlp.cli import main

sys.exit(main())
