/// What is the same in every page that ``HTMLReport`` writes: its frame and its style.
enum HTMLPage {
    /// Everything up to the facts of the header.
    ///
    /// - Parameter choices: what can be shown alone, and how many there are; the first is all.
    static func top(choices: [(name: String, count: Int)], hasFailures: Bool) -> String {
        let buttons = choices.enumerated().map { index, choice in
            "<input type=\"radio\" name=\"show\" id=\"\(choice.name)\"\(index == 0 ? " checked" : "")>"
        }
        let labels = choices.map {
            "<label for=\"\($0.name)\" class=\"\($0.name)\">\($0.count) \($0.name)</label>"
        }
        let title = hasFailures ? "✗ \(choices[1].count) failed" : "✓ passed"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-src 'self'">
            <title>\(title) · drydock</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            \(buttons.joined(separator: "\n"))
            <header>
            <h1>\(title)</h1>
            <div class="choices">\(labels.joined(separator: "\n"))</div>

            """
    }

    static let afterHeader = "</header>\n<main>\n"

    static let bottom = "</main>\n</body>\n</html>\n"

    private static let style = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --raised: #f5f6f8; --text: #1b1f24; --faint: #59636e; --line: #d1d9e0;
          --failed: #b3261e; --passed: #1a7f37; --skipped: #59636e; --warned: #8a5a00;
          --failed-ground: #fff1f0; --warned-ground: #fff8e5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0f1318; --raised: #1a2027; --text: #e6e9ed; --faint: #9aa5b1; --line: #343d47;
            --failed: #ff8a80; --passed: #5fd07a; --skipped: #9aa5b1; --warned: #f0b94a;
            --failed-ground: #2a1717; --warned-ground: #2a2312;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--ground); color: var(--text);
          font: 16px/1.5 system-ui, sans-serif;
        }
        iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .4rem; }
        h1 { margin: 0 0 .75rem; font-size: 1.6rem; }
        h2 { margin: 2rem 0 .5rem; font-size: 1rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
        input[name="show"] { position: absolute; opacity: 0; pointer-events: none; }
        .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
        label {
          padding: .2rem .8rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--raised);
          cursor: pointer;
        }
        label.failed, .failed > summary .sign { color: var(--failed); }
        label.passed, .passed > summary .sign { color: var(--passed); }
        label.skipped, .skipped > summary .sign { color: var(--skipped); }
        label.warned { color: var(--warned); }
        #all:checked ~ header label.all, #failed:checked ~ header label.failed,
        #passed:checked ~ header label.passed, #skipped:checked ~ header label.skipped,
        #warned:checked ~ header label.warned { border-color: currentColor; font-weight: 600; }
        #all:focus-visible ~ header label.all, #failed:focus-visible ~ header label.failed,
        #passed:focus-visible ~ header label.passed, #skipped:focus-visible ~ header label.skipped,
        #warned:focus-visible ~ header label.warned { outline: 2px solid; outline-offset: 2px; }
        #failed:checked ~ main section > :is(details:not(.failed)),
        #passed:checked ~ main section > :is(details:not(.passed)),
        #skipped:checked ~ main section > :is(details:not(.skipped)),
        #warned:checked ~ main section > :is(details:not(.warned)) { display: none; }
        #failed:checked ~ main section:not(:has(> .failed)),
        #passed:checked ~ main section:not(:has(> .passed)),
        #skipped:checked ~ main section:not(:has(> .skipped)),
        #warned:checked ~ main section:not(:has(> .warned)) { display: none; }
        section > details { margin: .4rem 0; border: 1px solid var(--line); border-radius: .4rem; }
        section > details.failed { border-color: var(--failed); }
        section > details > summary {
          display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; padding: .5rem .8rem; cursor: pointer;
        }
        summary .title { font-weight: 600; overflow-wrap: anywhere; }
        summary .time { margin-left: auto; color: var(--faint); font-variant-numeric: tabular-nums; }
        .warned > summary .title::after { content: " ⚠"; color: var(--warned); }
        .tag {
          padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--faint); font-size: .85rem;
        }
        .body { padding: 0 .8rem .6rem; }
        pre {
          margin: .5rem 0; padding: .7rem .9rem; overflow-x: auto; border-radius: .3rem; background: var(--raised);
          font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace;
        }
        pre.failure { background: var(--failed-ground); border-left: 3px solid var(--failed); }
        pre.warning { background: var(--warned-ground); border-left: 3px solid var(--warned); }
        .part > summary { cursor: pointer; color: var(--faint); }
        .facts { margin: .5rem 0 0; color: var(--faint); font-size: .9rem; overflow-wrap: anywhere; }
        @media print {
          :root { --ground: #fff; --raised: #fff; --text: #000; --faint: #333; --failed-ground: #fff; --warned-ground: #fff; }
          html { font-size: 11px; }
          body { max-width: none; padding: 0; font-size: 1rem; }
          .choices { gap: 1rem; }
          label { border: 0; padding: 0; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); font-size: 10px; }
          section > details { break-inside: auto; }
          h2, summary { break-after: avoid; }
          details.failed::details-content { content-visibility: visible; block-size: auto; }
        }
        """
}
