"""The one settings file, in test mode."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("KELISIM_MODE", "test")
if "KELISIM_VAR" not in os.environ:
    os.environ["KELISIM_VAR"] = made = tempfile.mkdtemp(prefix="kelisim-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)

from kelisim.config.settings import *  # noqa: F403
from kelisim.config.settings import DATABASES, STATIC_ROOT, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and live servers then meet the locks that production has.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
