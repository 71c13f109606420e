"""`python -m schicht`."""

from __future__ import annotations

import sys

from schicht import main

sys.exit(main())
