extension PageRunner {
    // MARK: Shells in containers

    /// A shell in a container: whether it could be had shows at the first command.
    func open(_ container: PageContainer, _ item: inout PageItem) {
        let outcome = world.look(container.call("true"))
        if outcome.hasFailed, Unsimulated.says(outcome.output) {
            item.verdict = .notSimulated("a shell in a container, which this run does not have")
        }
    }

    /// A pod whose shell is opened at once (`kubectl run -it`): it goes on in the background while commands
    /// run in it.
    mutating func begin(_ container: PageContainer, _ start: String, _ item: inout PageItem) {
        item.ranAs = start
        world.rest(until: world.now + PageTiming.typing)
        let outcome = world.run(start)
        if outcome.hasFailed {
            inside = nil
            item.verdict = .failed(outcome.problem ?? Self.lastLine(outcome.output))
            return
        }
        _ = world.wait(milliseconds: PageTiming.patience) {
            !world.look(container.call("true")).hasFailed
        }
    }

    func isInside(_ command: PageCommand) -> Bool { inside?.holds(command, desks: desks) ?? false }

    mutating func leaveShell() {
        if let end = inside?.end { _ = world.run(end) }
        inside = nil
    }

    /// A command that was typed in a container's shell.
    mutating func runInside(
        _ container: PageContainer, _ command: PageCommand, _ item: inout PageItem
    ) {
        if PageCommands.program(of: command.text) == "exit" { return leaveShell() }
        if let reason = Unsimulated.reason(command.text, inContainer: true) {
            item.verdict = .notSimulated(reason)
            return
        }
        let text = container.call(names.translated(command.text, in: world.session))
        item.ranAs = text
        run(command, as: text, [], &item)
        if item.verdict.hasRun { inside?.keep(command.text) } else { inside?.lose(command.text) }
    }
}
