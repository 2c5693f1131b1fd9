import Language
import Session
import Syntax
import Value
import Verbs

extension REPL {
    /// Whether a text is an expression on its own.
    func isExpression(_ text: String) -> Bool {
        let parsed = parse(text)
        guard !parsed.hasErrors, parsed.script.statements.count == 1 else { return false }
        if case .expression = parsed.script.statements[0].kind { return true }
        return false
    }

    /// Whether a word is about files of the session, which a verb of the same name writes.
    func isOfFiles(_ word: PromptWord) -> Bool {
        guard case .save(let words) = word else { return false }
        let paths = words.filter { !$0.hasPrefix("-") }
        let isScript = paths.count == 1 && paths[0].hasSuffix(".dock")
        return !isScript || words.contains("--all") || session.savedFiles.contains(paths[0])
    }

    func perform(_ word: PromptWord) {
        interrupts.clear()
        switch word {
        case .until(let text): wait(until: text)
        case .breakpoint(let text): addBreakpoint(text, "never (\(text)) { }", atWrites: false)
        case .breakOnWrite(let text):
            addBreakpoint("on write \(text)", "never (\(text)) exists { }", atWrites: true)
        case .listBreakpoints: listBreakpoints()
        case .deleteBreakpoint(let number):
            delete(number, of: session.breakpoints, called: "breakpoint") { session.remove($0) }
        case .watch(let text):
            watches.append(WatchedExpression(text: text))
            showWatches()
        case .unwatch(let number):
            delete(number, of: watches, called: "watch") { watch in
                watches.removeAll { $0 === watch }
            }
        case .rests(let rests):
            restsBeforeReading = rests
            screen.show(
                rests
                    ? "the cluster comes to rest before each `get`, as if time had passed\n"
                    : "the clock stands still between statements\n")
        case .save(let words): save(words)
        case .load(let path): load(path)
        case .reload:
            guard let loadedPath else { return refuse("nothing was loaded; `load FILE.dock` does") }
            _ = run("reset")
            load(loadedPath)
        case .malformed(let text): refuse(text)
        }
    }

    func refuse(_ text: String) {
        screen.show("error: \(text.showingControls)\n")
        fail(3)
    }

    // MARK: Waiting and stopping

    private func wait(until text: String) {
        let before = session.virtualMilliseconds
        _ = run("expect within 1h: \(text)")
        guard lastCode == 4 else { return }
        let waited = Duration(milliseconds: session.virtualMilliseconds - before).shortText
        screen.show("it did not come to hold within \(waited)\n")
        for line in session.obstacles.prefix(5) { screen.show("  in the way: \(line)\n") }
    }

    private func addBreakpoint(_ text: String, _ script: String, atWrites: Bool) {
        let count = session.breakpoints.count
        let parsed = parse(script)
        if parsed.hasErrors { return screen.show(renderer.render(parsed.diagnostics)) }
        do {
            try session.addBreakpoint(text, atWrites: atWrites) {
                let found = try prompt.run(parsed.script) { _ in }
                if !found.isEmpty { screen.show(renderer.render(found)) }
            }
        } catch {
            return report(error)
        }
        if session.breakpoints.count > count {
            screen.show("breakpoint \(count + 1): \(text.showingControls)\n")
        } else {
            fail(2)
        }
    }

    private func listBreakpoints() {
        if session.breakpoints.isEmpty { return screen.show("no breakpoints\n") }
        for (place, breakpoint) in session.breakpoints.enumerated() {
            screen.show("breakpoint \(place + 1): \(breakpoint.text.showingControls)\n")
        }
    }

    private func delete<Item>(
        _ number: String?, of items: [Item], called name: String, _ remove: (Item) -> Void
    ) {
        guard let number else { return items.forEach(remove) }
        guard let place = Int(number), items.indices.contains(place - 1) else {
            return refuse("there is no \(name) \(number)")
        }
        remove(items[place - 1])
    }

    func show(_ stop: WorldStop) {
        screen.show(
            "stopped at \(Duration(milliseconds: stop.time).shortText): \(stop.text.showingControls)\n"
                + "  \(stop.write.showingControls)\n")
    }

    // MARK: Watching

    /// Shows what is watched and came out otherwise than last time.
    func showWatches() {
        for watch in watches {
            var text = ""
            do {
                try prompt.run(parse(watch.text).script) { text = Display.text($0) }
            } catch Trouble.diagnostic(let diagnostic) {
                text = diagnostic.text.message
            } catch {
                text = "\(error)"
            }
            guard text != watch.shown else { continue }
            watch.shown = text
            let isLong = text.contains("\n")
            screen.show("watch \(watch.text): \(isLong ? "\n" : "")\(text.showingControls)\n")
        }
    }

    // MARK: Rests

    /// With `prompt auto` lets the world come to rest before somebody looks at it.
    func restBeforeReading(_ text: String) {
        guard restsBeforeReading else { return }
        let words = text.split(whereSeparator: \.isWhitespace)
        let verb = words.first == "kubectl" ? words.dropFirst().first : words.first
        guard let verb, ["get", "describe", "top", "logs", "events"].contains(String(verb)) else {
            return
        }
        if words.contains("-w") || words.contains("--watch") { return }
        _ = run("settle")
    }
}

/// An expression that is shown when its value has changed.
final class WatchedExpression {
    let text: String
    var shown: String?

    init(text: String) { self.text = text }
}
