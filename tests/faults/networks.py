"""Networks of their own for machines under test, where the kernel lets us make them."""

import os
import shutil
import subprocess
from dataclasses import dataclass

RUN = "/usr/sbin:/usr/bin:/sbin:/bin"


def why_not() -> str:
    """Why no network can be made here; nothing when it can."""
    if os.geteuid() != 0:
        return "making networks needs root"
    if shutil.which("ip", path=RUN) is None:
        return "there is no `ip` (package iproute2)"
    name = f"try-{os.getpid()}"
    made = _ip("netns", "add", name)
    if made.returncode:
        return f"this kernel makes no networks: {made.stderr.strip()}"
    _ip("netns", "delete", name)
    return ""


@dataclass(frozen=True, slots=True)
class Network:
    """A machine's own network, and the wire from it to here: `here` and `there` are its two ends."""

    name: str
    here: str
    there: str

    @property
    def inside(self) -> list[str]:
        """Put before a command, it runs there."""
        return [str(shutil.which("ip", path=RUN)), "netns", "exec", self.name]

    def open(self) -> None:
        near, far = f"{self.name}-n", f"{self.name}-f"
        for line in (
            f"netns add {self.name}",
            f"link add {near} type veth peer name {far} netns {self.name}",
            f"addr add {self.here}/24 dev {near}",
            f"link set {near} up",
            f"-n {self.name} addr add {self.there}/24 dev {far}",
            f"-n {self.name} link set {far} up",
            f"-n {self.name} link set lo up",
        ):
            _ip(*line.split()).check_returncode()

    def close(self) -> None:
        """Both ends of the wire go with it, once nothing runs there any more."""
        _ip("netns", "delete", self.name)
        _ip("link", "delete", f"{self.name}-n")


def _ip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("ip", path=RUN) or "ip", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own
