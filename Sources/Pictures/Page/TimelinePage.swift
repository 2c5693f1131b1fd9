/// A history as one page that needs no network: lanes that zoom, the whole cluster at any instant, what
/// changed, by whom and because of what.
package enum TimelinePage {
    /// A page of its own.
    ///
    /// - Parameters:
    ///   - script: the name and text of what ran; nil for a session at a prompt.
    ///   - title: what the page is about.
    package static func page(
        _ history: History, script: (name: String, text: String)?, title: String
    ) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <title>\(escaped(title)) · drydock</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        \(body)
        <script type="application/json" id="history">
        \(HistoryData.json(history, script: script, title: title))
        </script>
        <script>
        \(program)
        \(controls)
        </script>
        </body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// What the program fills; where none may run, it says so.
    private static let body = """
        <header>
          <h1 id="title"></h1>
          <output id="instant"></output>
          <nav>
            <button id="back" title="previous write (←)">◀</button>
            <button id="next" title="next write (→)">▶</button>
            <button id="out" title="show more time (-)">−</button>
            <button id="in" title="show less time (+)">+</button>
            <button id="fit" title="show all (0)">all</button>
            <button id="failure" title="next failure (f)" hidden>✗</button>
            <button id="theme" title="dark or light (d)">◐</button>
          </nav>
        </header>
        <input type="range" id="slider" min="0" max="1000" value="1000" aria-label="instant">
        <main>
          <section id="lanes" tabindex="0" aria-label="pods and nodes over time"><canvas id="canvas"></canvas>
            <div id="height"></div></section>
          <section id="side">
            <div id="tabs" role="tablist"></div>
            <input id="filter" placeholder="filter: kind or name (/)" aria-label="filter">
            <div id="pane" tabindex="0"></div>
          </section>
        </main>
        <p id="legend"></p>
        <noscript>This page draws its history with a program, which is switched off here.</noscript>
        """

    private static let style = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --raised: #f5f6f8; --text: #1b1f24; --faint: #59636e; --line: #d1d9e0;
          --bad: #b3261e; --good: #1a7f37; --mark: #fff3bf;
        }
        @media (prefers-color-scheme: dark) {
          :root:not([data-theme="light"]) {
            --ground: #0f1318; --raised: #1a2027; --text: #e6e9ed; --faint: #9aa5b1; --line: #343d47;
            --bad: #ff8a80; --good: #5fd07a; --mark: #4a3f12;
          }
        }
        :root[data-theme="dark"] {
          color-scheme: dark;
          --ground: #0f1318; --raised: #1a2027; --text: #e6e9ed; --faint: #9aa5b1; --line: #343d47;
          --bad: #ff8a80; --good: #5fd07a; --mark: #4a3f12;
        }
        :root[data-theme="light"] { color-scheme: light; }
        * { box-sizing: border-box; }
        html, body { height: 100%; }
        body {
          margin: 0; padding: .75rem 1rem; display: flex; flex-direction: column; gap: .5rem;
          background: var(--ground); color: var(--text); font: 15px/1.45 system-ui, sans-serif;
        }
        header { display: flex; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
        h1 { margin: 0; font-size: 1.1rem; }
        nav { margin-left: auto; display: flex; gap: .25rem; }
        #instant { font-family: ui-monospace, monospace; color: var(--faint); }
        button {
          font: inherit; padding: .1rem .6rem; border: 1px solid var(--line); border-radius: .4rem;
          background: var(--raised); color: inherit; cursor: pointer;
        }
        button[aria-selected="true"] { border-color: currentColor; font-weight: 600; }
        #failure { color: var(--bad); }
        #slider { width: 100%; margin: 0; }
        main { flex: 1; min-height: 12rem; display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; }
        section { min-width: 0; min-height: 0; border: 1px solid var(--line); border-radius: .4rem; }
        #lanes { overflow-y: auto; overflow-x: hidden; position: relative; }
        #canvas { position: sticky; top: 0; left: 0; display: block; }
        #height { position: absolute; top: 0; width: 1px; }
        #side { display: flex; flex-direction: column; }
        #tabs { display: flex; gap: .25rem; padding: .4rem; }
        #filter { margin: 0 .4rem .4rem; padding: .2rem .4rem; font: inherit; background: var(--ground); color: inherit; border: 1px solid var(--line); border-radius: .3rem; }
        #pane { flex: 1; overflow: auto; padding: 0 .6rem .6rem; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        #pane .row { cursor: pointer; padding: 0 .2rem; border-radius: .2rem; }
        #pane .row:hover, #pane .row:focus { background: var(--raised); outline: none; }
        #pane .now { background: var(--mark); }
        #pane .faint { color: var(--faint); }
        #pane .bad { color: var(--bad); }
        #pane .good { color: var(--good); }
        #pane h2 { font: 600 13px/1.5 ui-monospace, monospace; margin: .6rem 0 .1rem; }
        #legend { margin: 0; color: var(--faint); font-size: .85rem; }
        @media (max-width: 60rem) { main { grid-template-columns: 1fr; grid-template-rows: 1fr 1fr; } }
        """
}
