"""Looks at the pages of timelines in a real browser without a window.

    python test_timeline.py PROGRAM FOLDER

Runs scripts with `--report html`, opens the page of each scenario in Chromium, presses keys and moves the slider in it, and
reads what it then shows. Screenshots, light and dark, stay in FOLDER. Nothing of the page may ask for a network.
"""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

SCRIPT = """\
scenario "a rollout, and a node that dies" {
  node add worker-1 worker-2
  create deployment web --image=nginx:1.25 --replicas=3
  rollout status deployment/web
  set image deployment/web nginx=nginx:1.26
  rollout status deployment/web
  advance 10m
  node fail worker-1
  advance 7m
  expect deployment/web .status.availableReplicas == 4, "</script><b>not markup</b>"
}

scenario "a thousand pods" {
  for n in 1..10 {
    node add "worker-${n}" --cpu=64 --memory=256Gi
  }
  create deployment many --image=nginx:1.25 --replicas=1000
  rollout status deployment/many
  expect deployment/many .status.readyReplicas == 1000
}
"""

# What is done in the page, step by step; the answers are read from its text afterwards.
ASK = """
<script>
const answers = {};
function press(key) { document.dispatchEvent(new KeyboardEvent('keydown', { key })); }
try {
  answers.title = document.getElementById('title').textContent;
  answers.atFirst = { tab, now, script: document.querySelector('#pane .now')?.textContent };
  press('3');
  answers.changes = document.getElementById('pane').textContent;
  press('Home');
  answers.home = now;
  press('ArrowRight');
  answers.next = now;
  press('End');
  press('ArrowLeft');
  answers.last = now;
  press('0');
  const all = view.end - view.start;
  press('+');
  answers.zoomed = (view.end - view.start) / all;
  press('0');
  press('1');
  go(timeOf(position(data.end)));
  answers.cluster = document.getElementById('pane').textContent;
  const pod = data.objects.findIndex((object, place) => object.k === 'pod' && versionAt(place, writeAt(now)));
  chosen = pod; tab = 'object'; fill();
  answers.object = document.getElementById('pane').textContent;
  $('filter').value = 'node'; tab = 'cluster'; fill();
  answers.filtered = document.getElementById('pane').textContent;
  $('filter').value = '';
  $('slider').value = 0; $('slider').oninput({ target: $('slider') });
  answers.slid = now;
  const wanted = document.documentElement.dataset.theme;
  $('theme').click();
  answers.theme = [wanted || null, document.documentElement.dataset.theme];
  const begin = performance.now();
  for (let count = 0; count < 20; count++) { $('lanes').scrollTop = count * 900; zoom(count % 2 ? 0.7 : 1 / 0.7); }
  answers.frame = (performance.now() - begin) / 20;
  answers.rows = rows.length;
} catch (error) { answers.error = String(error) + error.stack; }
const result = document.createElement('pre');
result.id = 'result';
result.textContent = JSON.stringify(answers);
document.body.append(result);
</script>
"""


def browser():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("there is no Chromium; Scripts/setup --browser installs it")


def run(*arguments):
    done = subprocess.run(
        [browser(), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--window-size=1400,900", "--virtual-time-budget=4000", *arguments],
        capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(page):
    asked = page.with_name(page.stem + "-asked.html")
    asked.write_text(page.read_text().replace("</body>", ASK + "</body>"))
    dom = run("--dump-dom", asked.as_uri())
    asked.unlink()
    found = re.search(r'<pre id="result">(.*?)</pre>', dom, re.S)
    assert found, "the page did not run: " + dom[-2000:]
    return json.loads(html.unescape(found.group(1)))


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "shop.dock").write_text(SCRIPT)
    done = subprocess.run(
        [program, "run", "--report", "quiet", "--report", "html=report.html", "shop.dock"],
        cwd=folder, capture_output=True, text=True)
    assert done.returncode == 4, done.stdout + done.stderr
    report = (folder / "report.html").read_text()
    pages = [html.unescape(found) for found in re.findall(r'srcdoc="([^"]*)"', report)]
    assert len(pages) == 2, len(pages)
    for name, text in zip(("rollout", "thousand"), pages):
        outside = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?(?!#)(?:https?:)?//', text)
        assert not outside, outside
        (folder / f"{name}.html").write_text(text)

    found = answers(folder / "rollout.html")
    assert "error" not in found, found["error"]
    assert found["title"] == "a rollout, and a node that dies", found["title"]
    assert found["atFirst"]["tab"] == "script", found["atFirst"]
    assert "availableReplicas == 4" in found["atFirst"]["script"], found["atFirst"]
    assert "</script><b>not markup</b>" in found["atFirst"]["script"], found["atFirst"]
    assert "in answer to" in found["changes"] and " by " in found["changes"], found["changes"]
    assert found["home"] == 0 < found["next"] < found["last"] < 1_100_000, found
    assert found["zoomed"] == 0.5, found["zoomed"]
    assert "deployment (1)web  3/3 ready" in found["cluster"], found["cluster"]
    assert "worker-1  not ready" in found["cluster"], found["cluster"]
    assert "apiVersion: v1" in found["object"] and "its changes" in found["object"], found["object"]
    assert "worker-1" in found["filtered"] and "deployment" not in found["filtered"], found["filtered"]
    assert found["slid"] == 0 and found["theme"][0] != found["theme"][1], found

    many = answers(folder / "thousand.html")
    assert "error" not in many, many["error"]
    assert many["rows"] > 1_000, many["rows"]
    # A tenth of a second for a frame would be felt; machines differ, so this is far above what it takes.
    assert many["frame"] < 100, many["frame"]

    # Within the report, and in the dark.
    run(f"--screenshot={folder}/report.png", (folder / "report.html").as_uri())
    run(f"--screenshot={folder}/light.png", (folder / "rollout.html").as_uri() + "#t=2500&tab=changes")
    run("--force-dark-mode", f"--screenshot={folder}/dark.png", (folder / "rollout.html").as_uri())
    run(f"--screenshot={folder}/thousand.png", (folder / "thousand.html").as_uri())
    sizes = [(folder / f"{name}.png").stat().st_size for name in ("report", "light", "dark", "thousand")]
    assert all(size > 20_000 for size in sizes), sizes
    print(f"2 timelines in a browser; {many['rows']} rows drawn in {many['frame']:.1f} ms a frame")


main()
