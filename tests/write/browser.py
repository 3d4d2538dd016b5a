"""Headless Chromium through Debian's chromium-driver: WebDriver over plain HTTP, standard library only."""
import base64
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Down": "\ue015", "Up": "\ue013",
        "Left": "\ue012", "Right": "\ue014", "Home": "\ue011", "End": "\ue010"}


def axe():
    """The source of axe-core, where tests/write/axe.sh has put it; else None."""
    path = pathlib.Path(os.environ.get("STORYMERGE_AXE") or pathlib.Path(__file__).resolve().parents[2] / "build/axe/axe.min.js")
    return path.read_text(encoding="utf-8") if path.exists() else None


def missing():
    """What this machine lacks to run a browser, or None."""
    lacking = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    try:
        socket.gethostbyname("localhost")  # by this name the driver reaches the browser; a bare chroot may lack it
    except OSError:
        lacking.append("localhost in /etc/hosts")
    return " and ".join(lacking) or None


class Browser:
    """A browser with one page; `with Browser() as b`."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="storymerge-browser-", ignore_cleanup_errors=True)
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, env={**os.environ, "HOME": self.profile.name})
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                self.base = f"http://127.0.0.1:{found[1]}"
                break
        arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                     "--force-device-scale-factor=1", "--disable-background-networking", "--no-first-run",
                     f"--user-data-dir={self.profile.name}/profile"]
        try:
            answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": {"args": arguments, "binary": shutil.which("chromium")},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        except BaseException:
            self.stop()  # no __exit__ will
            raise
        self.base += f"/session/{answer['sessionId']}"
        self.cdp("Performance.enable", timeDomain="threadTicks")
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", "")
        except OSError:
            pass
        self.stop()

    def stop(self):
        self.driver.terminate()
        self.driver.wait()
        self.driver.stdout.close()
        self.profile.cleanup()

    def call(self, method, path, body=None):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def cdp(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def size(self, width, height, scheme="light", scale=1):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme},
                                                         {"name": "prefers-reduced-motion", "value": "reduce"}])

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        """A real click with the mouse: fails when something lies over the element."""
        self.call("POST", f"/element/{self.find(selector)}/click")
        self.settle()

    def settle(self):
        """Waits until what was done has been handled and drawn."""
        self.run("await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    def press(self, *keys):
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})
        self.settle()

    def main_thread(self):
        """Seconds of processor time that the main thread of the open page has taken: on a busy machine much the same as on a quiet one."""
        return next(m["value"] for m in self.cdp("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")

    def console(self):
        """Warnings and errors since the last call."""
        log = self.call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] in ("WARNING", "SEVERE")]

    def requests(self):
        """URLs asked for since the last call."""
        log = self.call("POST", "/se/log", {"type": "performance"})
        events = [json.loads(entry["message"])["message"] for entry in log]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def violations(self, source):
        """What axe-core finds wrong with the page as it stands: [(rule, first element)]. `source`: axe()."""
        if not self.run("return 'axe' in window"):
            self.run(source + "; window.axe = axe")
        return self.run("""
            const { violations } = await axe.run(document, { resultTypes: ['violations'] });
            return violations.map((v) => [v.id, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary]);""")

    def screenshot(self, path):
        png = self.call("GET", "/screenshot")
        with open(path, "wb") as file:
            file.write(base64.b64decode(png))
