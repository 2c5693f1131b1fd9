"""Reads every report of one run with programs that others wrote, and holds them against each other.

    check.py DRYDOCK        DRYDOCK: the program under test
"""

import collections
import html5lib
import json
import jsonschema
import junitparser
import lxml.etree
import pathlib
import re
import shutil
import subprocess
import sys
import tap.parser
import tempfile
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FORMATS = {"junit": "r.xml", "tap": "r.tap", "json": "r.json", "github": "r.github", "html": "r.html"}


def run(drydock, folder):
    """Runs the scripts with every report at once; answers what is in the files."""
    shutil.copytree(HERE / "scripts", folder / "t")
    names = sorted(p.name for p in (folder / "t").glob("*.dock"))
    reports = [f"--report={name}={file}" for name, file in FORMATS.items()]
    done = subprocess.run(
        [drydock, "run", "--quiet", *reports, *[f"t/{n}" for n in names], "t/missing.dock"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    # The first failure that happened anywhere decides: an expectation, in the first script.
    assert done.returncode == 4, done
    return {name: (folder / file).read_bytes() for name, file in FORMATS.items()}


def check_json(text):
    schema = json.loads((ROOT / "docs/report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = [json.loads(line) for line in text.decode("utf-8").split("\n") if line]
    for line in lines:
        for problem in validator.iter_errors(line):
            raise AssertionError(f"{problem.message} in {line}")
    assert [line["type"] for line in (lines[0], lines[-1])] == ["run", "summary"]
    scenarios = [line for line in lines if line["type"] == "scenario"]
    counts = collections.Counter(line["status"] for line in scenarios)
    summary = lines[-1]
    for status in ("passed", "failed", "skipped", "interrupted"):
        assert summary[status] == counts[status], (status, summary, counts)
    titles = {line["title"]: line for line in scenarios}
    assert any(t.startswith("größer als drei 大 😀") for t in titles)
    soft = titles["several soft expectations"]
    assert len(soft["failures"]) == 2 and len(soft["attachments"]) == 1, soft
    both = titles["the script is wrong"]
    assert [f["kind"] for f in both["failures"]] == ["script", "expectation"], both
    library = titles["in a library"]["failures"][0]
    assert library["place"]["file"].endswith("lib/checks.dock"), library
    assert [c["file"] for c in library["calls"]] == ["t/lib/checks.dock", "t/outcomes.dock"], library
    assert "warnings" in titles["expects nothing"]
    evidence = {a["name"]: a for a in titles["evidence of every kind"]["attachments"]}
    assert evidence["a text"]["text"] == "one\ntwo ]]> <b>&amp;</b>\x1b[31mred\0\n"
    assert evidence["object"]["value"] == {"a": [1, 2.5, None, True], "b c": "ü"}
    assert evidence["null"]["value"] is None
    # A text is in the report as it was printed, whatever it holds.
    assert "\x1b[31mred\x1b[0m \x07bell \0nul \ufffe \u2028 ]]> ::error::no\r\n%0A end" in titles[
        "control characters and blanks"]["output"]
    assert all(line["wallMs"] >= 0 for line in scenarios if line["status"] != "skipped")
    return lines


def check_junit(text, lines):
    schema = lxml.etree.XMLSchema(lxml.etree.parse(str(HERE / "junit.xsd")))
    schema.assertValid(lxml.etree.fromstring(text))
    report = junitparser.JUnitXml.fromstring(text)
    suites = {suite.name: suite for suite in report}
    assert set(suites) == {line["script"] for line in lines if line["type"] == "script"}
    cases = [(suite, case) for suite in report for case in suite]
    assert report.tests == len(cases)
    for suite in report:
        # What is counted at the top is what stands below.
        written = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert written[0] == suite.tests and written[3] == suite.skipped, suite.name
        failing = sum(1 for case in suite if not case.is_passed and not case.is_skipped)
        assert written[1] + written[2] == failing, (suite.name, written, failing)
    by_name = {case.name: case for _, case in cases}
    for line in lines:
        if line["type"] != "scenario":
            continue
        name = line["title"] or line["script"]
        case = by_name[name]
        kinds = [type(result).__name__ for result in case.result]
        expected = [
            "Failure" if failure["kind"] == "expectation" else "Error"
            for failure in line.get("failures", [])]
        assert kinds == (["Skipped"] if line["status"] == "skipped" else expected), (name, kinds)
        for result, failure in zip(case.result, line.get("failures", [])):
            assert failure["message"] in result.message, (failure["message"], result.message)
            assert result.text.strip() == failure["text"].strip(), name
        if line.get("reason"):
            assert case.result[0].message == line["reason"]
        if line["status"] != "skipped":
            assert "of virtual time, seed 1" in case.system_out, name
            assert abs(case.time * 1000 - line["wallMs"]) < 0.01, (case.time, line["wallMs"])
        for attachment in line.get("attachments", []):
            assert f"--- attached: {attachment['name']}" in case.system_out
        if "warnings" in line:
            assert line["warnings"][0]["message"] in case.system_err


def tap_lines(text):
    return [
        line for line in tap.parser.Parser().parse_text(text)
        if line.category not in ("version", "diagnostic", "unknown")]


def check_tap(text, lines, file):
    text = text.decode("utf-8")
    scripts = [line for line in lines if line["type"] == "script"]
    outer = tap_lines("".join(l + "\n" for l in text.split("\n") if not l.startswith("    ")))
    assert outer[-1].category == "plan" and outer[-1].expected_tests == len(scripts)
    assert [t.ok for t in outer[:-1]] == [
        s["status"] in ("passed", "nothing selected") for s in scripts]
    # Subtests stand four blanks deep, and are documents of their own.
    for subtest in re.findall(r"(?m)^# Subtest: (.*)\n((?:    .*\n|\n)+)", text):
        body = "TAP version 14\n" + re.sub(r"(?m)^    ", "", subtest[1])
        results = tap_lines(body)
        own = [l for l in lines if l["type"] == "scenario" and l["script"] == subtest[0] and l["title"]]
        assert results[-1].category == "plan" and results[-1].expected_tests == len(own)
        for result, line in zip(results[:-1], own):
            assert result.ok == (line["status"] != "failed"), line["title"]
            assert result.skip == (line["status"] == "skipped"), line["title"]
            if line["status"] == "skipped":
                continue
            block = yaml.safe_load(result._raw_yaml_block) if hasattr(result, "_raw_yaml_block") else result.yaml_block
            assert block["virtual_ms"] == line["virtualMs"], block
            assert abs(block["duration_ms"] - line["wallMs"]) < 0.01
            for failure in line.get("failures", []):
                assert failure["message"].split(": ")[0][:20] in block["message"] or failure["text"][:20] in block["message"]
            assert [a["name"] for a in block.get("attachments", [])] == [
                a["name"] for a in line.get("attachments", [])]
    if shutil.which("prove"):
        # Perl's reader knows version 14 since 3.48; before it refuses the number alone.
        pathlib.Path(file).write_text(text.replace("TAP version 14", "TAP version 13", 1))
        done = subprocess.run(
            ["prove", "--verbose", "--exec", "cat", file], capture_output=True, text=True)
        assert "Parse errors" not in done.stdout, done.stdout[-2000:]
        failed = sum(1 for s in scripts if s["status"] not in ("passed", "nothing selected"))
        assert f"Failed {failed}/{len(scripts)} subtests" in done.stdout, done.stdout[-2000:]


def unescape(text, also=()):
    for code, sign in (*also, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def check_github(text, lines):
    """As the runner reads commands: `::name key=value,key=value::data`, one a line."""
    annotations = []
    for line in text.decode("utf-8").split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning) ([^\r]*?)::([^\r]*)", line)
        assert match, line
        properties = {}
        for pair in match[2].split(","):
            key, value = pair.split("=", 1)
            assert ":" not in value, line
            properties[key] = unescape(value, (("%3A", ":"), ("%2C", ",")))
        annotations.append((match[1], properties, unescape(match[3])))
    failures = [
        (line, failure) for line in lines if line["type"] == "scenario"
        for failure in line.get("failures", [])]
    diagnostics = [
        d for line in lines for d in line.get("warnings", []) + line.get("diagnostics", [])]
    problems = [line for line in lines if line.get("problem")]
    assert len(annotations) == len(failures) + len(diagnostics) + len(problems), len(annotations)
    for line, failure in failures:
        place = failure["place"]
        assert any(
            level == "error" and data == failure["text"]
            and p["file"] == place["file"] and p["line"] == str(place["line"])
            and p["col"] == str(place["column"])
            and p["title"] == (line["title"] or line["script"])
            for level, p, data in annotations), failure


def check_html(text, lines):
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text.decode("utf-8"))
    shown = "".join(page.itertext())
    for line in lines:
        for failure in line.get("failures", []):
            assert failure["text"] in shown, failure["text"]
    # Nothing is fetched from anywhere: no element names another file, and the policy forbids it.
    for element in page.iter():
        assert element.tag not in ("script", "link", "img", "object"), element.tag
        if element.tag.endswith("iframe"):
            # A timeline: a page within the page, which may run its own program and nothing else.
            assert element.get("sandbox") == "allow-scripts" and element.get("src") is None
            assert "history" in element.get("srcdoc")
        assert not {"src", "href", "style", "onclick"} & set(element.attrib), element.attrib
    assert "default-src 'none'" in text.decode("utf-8") and "url(" not in text.decode("utf-8")
    entries = [
        e for e in page.iter("details")
        if e.get("class", "").split(" ")[0] in ("failed", "passed", "skipped")]
    scenarios = [line for line in lines if line["type"] == "scenario"]
    failed = [e for e in entries if "failed" in e.get("class").split(" ")]
    assert len(entries) >= len(scenarios)
    assert all("open" in e.attrib for e in failed)


def main():
    drydock = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        texts = run(drydock, folder)
        lines = check_json(texts["json"])
        check_junit(texts["junit"], lines)
        check_tap(texts["tap"], lines, str(folder / FORMATS["tap"]))
        check_github(texts["github"], lines)
        check_html(texts["html"], lines)
    scenarios = sum(1 for line in lines if line["type"] == "scenario")
    print(f"{scenarios} scenarios in {len(FORMATS)} formats, read by jsonschema, lxml, junitparser, tap.py, prove, html5lib")


main()
