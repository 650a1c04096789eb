"""``python -m notthesame``."""

from .cli import main

raise SystemExit(main())
