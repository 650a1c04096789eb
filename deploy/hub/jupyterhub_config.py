"""JupyterHub for a class on one machine; README.md says how to start it.

What another class needs otherwise goes into ``local.py`` in the hub's folder, which is read last.
"""

import os
import sys
from pathlib import Path

os.umask(0o077)  # the hub's own files are nobody else's to read
sys.path.insert(0, str(Path(__file__).resolve().parent))
import course_hub as hub
from hub_classes import CourseSpawner, SlipAuthenticator

c = get_config()  # type: ignore[name-defined]  # noqa: F821
course = hub.publish()

# On this machine only, until local.py says otherwise.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:8081"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:8001"
c.ConfigurableHTTPProxy.command = [hub.proxy()]
c.ConfigurableHTTPProxy.pid_file = str(hub.FOLDER / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{hub.FOLDER}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(hub.FOLDER / "cookie_secret")

c.JupyterHub.authenticator_class = SlipAuthenticator
slip = "Type the name and the password that stand on your slip."
c.JupyterHub.template_vars = {"announcement_login": slip}
c.Authenticator.username_pattern = hub.NAMES
c.Authenticator.allow_all = True  # whoever can sign in at all

c.JupyterHub.spawner_class = CourseSpawner
# -P: no file of a student's is taken for a module of the server's.
c.Spawner.cmd = [sys.executable, "-P", "-m", "jupyterhub.singleuser"]
c.Spawner.environment = dict(hub.environment(hub.FOLDER, course))
c.Spawner.default_url = hub.pull_link(f"file://{course}")
c.Spawner.disable_user_config = True
c.Spawner.start_timeout = 300  # thirty who press at once wait for each other
c.Spawner.http_timeout = 180

# A server that nobody has used for half an hour ends; files and answers stay.
culler = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1800", "--cull-every=300"]
c.JupyterHub.services = [{"name": "idle-culler", "command": culler}]
scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.load_roles = [{"name": "idle-culler", "scopes": scopes, "services": ["idle-culler"]}]

local = hub.FOLDER / "local.py"
if local.exists():
    load_subconfig(str(local))  # type: ignore[name-defined]  # noqa: F821
