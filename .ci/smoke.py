"""Starts the built program in a PTY, jumps to a talk, sets a bookmark, quits, and looks at what is left."""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

program = os.path.abspath(sys.argv[1])
home = tempfile.mkdtemp()
pid, terminal = pty.fork()
if pid == 0:
    environment = {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    os.execve(program, [program], environment)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = b""


def wait(text):
    """Reads until a text has come since the last call; blanks of a frame may be cursor moves, so one word."""
    global seen
    deadline = time.monotonic() + 20
    while text.encode() not in seen:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            sys.exit(f"waited in vain for {text!r}; got {seen[-800:]!r}")
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            sys.exit(f"the program ended before {text!r}; got {seen[-800:]!r}")
    seen = b""


wait("Microservices")
os.write(terminal, b"\x10")
wait("Jump")
os.write(terminal, b"kube")
wait("Hightower")
os.write(terminal, b"\r")
os.write(terminal, b"m")
wait("saved")
os.write(terminal, b"q")
wait("\x1b[?1049l")
_, status = os.waitpid(pid, 0)
assert os.waitstatus_to_exitcode(status) == 0, status
with open(os.path.join(home, ".local/share/hallway/bookmarks.json"), encoding="utf8") as file:
    saved = json.load(file)
assert [mark["talk"] for mark in saved["bookmarks"]] == ["Kubernetes for Pythonistas"], saved
print("smoke run: jumped, bookmarked, quit; the terminal was given back")
