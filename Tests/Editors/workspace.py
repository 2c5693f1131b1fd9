"""A folder with scripts and manifests, and marks in texts: a cursor is written as ‸."""

import pathlib
import tempfile

SCRIPT = """\
# Web shop, in emoji 🚢 and 漢字.
include "lib/waiting.dock"

let image = "nginx:1.25"   # 🚀 the first version

file "web.yaml" <<EOF
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports:
        - containerPort: 80
EOF

# The pods that are ready.
fn ready(name, least = 1) {
  return count(pods[app=shop] where .metadata.name == name) >= least
}

setup {
  node add worker-1
}

scenario "the shop 🚢 rolls out" tags slow, shop {
  apply -f web.yaml
  apply -f cache.yaml
  create deployment api --image=${image} --replicas=2
  rollout status deployment/shop
  let d = deployment/shop
  expect d.spec.replicas == 2
  expect "é漢🚢" == "é漢🚢" and d.status.readyReplicas == 2
  expect waited(d) exists
  expect every pods[app=shop] has .status.phase == "Running"
  print ready("shop-1"), image
}

scenario "scales to ${n}" for n in [1, 2] {
  behavior nginx:* { startDelay: 2s }
  create deployment api --image=${image} --replicas=${n}
  expect within 1m: deployment/api .status.readyReplicas == n
}
"""

LIBRARY = """\
# Waits for a workload.
fn waited(object) => object.metadata.name
"""

CACHE = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: redis
spec:
  serviceName: redis
  selector:
    matchLabels: {app: redis}
  template:
    metadata:
      labels: {app: redis}
    spec:
      containers:
      - name: redis
        image: redis:7
"""


def make():
    """A new folder with the files above; its path."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drydock-editors-"))
    (folder / "lib").mkdir()
    (folder / "shop.dock").write_text(SCRIPT)
    (folder / "lib" / "waiting.dock").write_text(LIBRARY)
    (folder / "cache.yaml").write_text(CACHE)
    return folder


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def place(text, offset):
    """Line and UTF-16 character of an offset in characters."""
    before = text[:offset]
    line = before.count("\n")
    return line, utf16(before[before.rfind("\n") + 1:])


def find(text, piece, nth=0):
    """The place of the ‸ in `piece`, looked for without it."""
    plain = piece.replace("‸", "")
    start = -1
    for _ in range(nth + 1):
        start = text.index(plain, start + 1)
    return place(text, start + piece.index("‸"))


def marked(text):
    """A text with one ‸: the text without it and the place of the cursor."""
    return text.replace("‸", ""), place(text, text.index("‸"))


def text_at(text, span):
    """What a range of the protocol covers."""
    lines = text.split("\n")

    def offset(position):
        line = lines[position.line]
        units = 0
        for index, character in enumerate(line):
            if units >= position.character:
                return index
            units += utf16(character)
        return len(line)

    if span.start.line == span.end.line:
        return lines[span.start.line][offset(span.start):offset(span.end)]
    middle = lines[span.start.line + 1:span.end.line]
    return "\n".join([lines[span.start.line][offset(span.start):], *middle,
                      lines[span.end.line][:offset(span.end)]])
