"""A student's own server, on one machine as in the image for Kubernetes."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE.parents[2]

c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.ServerApp.jpserver_extensions = {"nbgitpuller": True}

# Nobody is asked for news or updates, as in start.py.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LabApp.extra_labextensions_path = [str(COURSE / "src/notthesame/front/labextensions")]
c.LabApp.app_settings_dir = str(HERE / "settings")

c.LanguageServerManager.autodetect = False  # there are none, and looking for them takes time

# A kernel whose page was closed ends after half an hour; one that somebody looks at stays.
c.MappingKernelManager.cull_idle_timeout = 1800
c.MappingKernelManager.cull_interval = 300
