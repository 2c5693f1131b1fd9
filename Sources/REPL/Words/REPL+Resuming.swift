import Session

extension REPL {
    /// Begins to keep what is typed, so that a session that is killed can go on.
    func beginLog() {
        guard log == nil, coach == nil, reader.isInteractive,
            let folder = HistoryFile.folder()
        else { return }
        log = SessionLog.begin(in: folder, seed: session.seed)
    }

    /// Notes a statement, and where it was stopped, if it was.
    func keep(_ text: String) {
        guard let log else { return }
        guard isInterrupted else { return log.add(text, trace: "\(session.trace)") }
        log.add(text, trace: "")
        log.add("rewind to event \(session.eventCount)", trace: "\(session.trace)")
    }

    /// Goes through what was typed in a session that was killed, without showing it, as far as it comes to
    /// the same.
    func resume(_ entries: [SessionLog.Entry]) {
        var count = 0
        for entry in entries {
            screen.isMuted = true
            perform(text: entry.text)
            screen.isMuted = false
            if interrupts.isPending() { break }
            guard entry.trace.isEmpty || entry.trace == "\(session.trace)" else {
                screen.show(
                    "`\(entry.text)` came out otherwise than before, so that the rest was left off\n"
                )
                break
            }
            count += 1
        }
        exitCode = 0
        screen.show(
            "resumed: \(count) \(count == 1 ? "statement" : "statements") of \(entries.count) done again\n"
        )
    }

    /// Does statements again without showing them, until somebody interrupts; answers how many.
    func replay(_ statements: [String], before: (String) -> Void) -> Int {
        var count = 0
        screen.isMuted = true
        defer { screen.isMuted = false }
        for statement in statements {
            before(statement)
            perform(text: statement)
            if interrupts.isPending() { break }
            count += 1
        }
        exitCode = 0
        return count
    }
}
