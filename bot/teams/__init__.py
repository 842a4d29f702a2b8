"""Microsoft Teams: what it sends becomes jobs for the desk, what the desk answers becomes cards."""

import os
import warnings

# At its import the SDK would put the .env of this folder, or of one above it, into the environment of the process,
# and warn of its own previews.
os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
warnings.filterwarnings("ignore", message=".* is in preview and may change", category=FutureWarning)
