"""What a hub takes for a class of so many: ``python bench/hub.py 5 10 20`` writes a line of a table for each.

NOTTHESAME_HUB and NOTTHESAME_NODE_TOOLS name the folders of JupyterHub and npm, as in .ci/run. All students
press at once; then each runs a lesson. Seconds of a processor say more than those of a clock.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from measuring import say

from tests.hub import a_hub
from tests.hub.a_hub import Hub, Student

PACKAGES = Path(os.environ.get("NOTTHESAME_HUB", "nowhere"))
TOOLS = Path(os.environ.get("NOTTHESAME_NODE_TOOLS", "nowhere"))
PROXY = TOOLS / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
LOCAL = "c.CourseSpawner.apart = False\nc.Spawner.args = ['--allow-root']"
LESSON = "05"  # of all lessons the one that takes most memory
HEAD = "| students | all ready after | start | lesson | idle | with a lesson run | hub and proxy | load |"


def worked(hub: Hub) -> float:
    """Seconds of a processor that the hub and all below it have taken."""
    ticks = 0
    for number, _ in a_hub.below(hub.process.pid):
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def row(count: int) -> str:
    """Measure a class of so many."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, a_hub.running(Path(folder), PACKAGES, PROXY, LOCAL) as hub:
        students = [Student(hub, f"seat-{number:02}") for number in range(1, count + 1)]

        def all_at_once(act: Callable[[Student], object]) -> tuple[float, float]:
            begun, before = time.monotonic(), worked(hub)
            with ThreadPoolExecutor(count) as threads:
                list(threads.map(act, students))
            return time.monotonic() - begun, (worked(hub) - before) / count

        for student in students:
            student.sign_in(hub.password(student.name))
        ready, start = all_at_once(lambda student: (student.open_server(600), student.pull()))
        idle = hub.memory()
        _, lesson = all_at_once(lambda student: student.run_lesson(LESSON))
        busy = hub.memory()
        for student in students:
            student.leave()
    own = sum(idle["hub"] + idle["proxy"] + idle["culler"])
    one = median(busy["server"]) + median(busy["kernel"])
    return (
        f"| {count} | {ready:.0f} s | {start:.1f} s | {lesson:.1f} s | {median(idle['server']):.0f} MB "
        f"| {one:.0f} MB | {own:.0f} MB | {load:.1f} |"
    )


if __name__ == "__main__":
    say(HEAD)
    for words in sys.argv[1:]:
        say(row(int(words)))
