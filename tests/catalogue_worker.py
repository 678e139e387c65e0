"""A worker whose catalogue of base models is a test's own, which stands as JSON in TEST_CATALOGUE."""

from __future__ import annotations

import os
import sys

from stylelab.basemodels import catalogue
from stylelab.basemodels.catalogue import Catalogue
from stylelab.jobs.core import worker

if __name__ == "__main__":
    own = Catalogue.model_validate_json(os.environ["TEST_CATALOGUE"]).models
    catalogue.load_catalogue = lambda: own  # type: ignore[assignment]
    sys.exit(worker.main())
