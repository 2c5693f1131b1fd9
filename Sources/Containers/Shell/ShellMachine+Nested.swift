import Tools

// Parts of a script that have a memory of their own: subshells, pipelines, the background.
extension ShellMachine {
    /// A machine for a part of the script that has a memory of its own.
    func child(
        _ node: ShellNode?, streams: ShellStreams, state: ShellState? = nil,
        clock: ProcessClock? = nil, isNested: Bool = true
    ) -> ShellMachine {
        let child = ShellMachine(
            node, space: space, state: state ?? self.state.copy(), streams: streams,
            clock: clock ?? self.clock, flavor: flavor, budget: budget, isNested: isNested)
        child.takesUnknownForServer = takesUnknownForServer && !isNested
        child.takesUnknownForDone = takesUnknownForDone
        child.listsCommands = listsCommands
        child.heedsInterrupts = heedsInterrupts && isNested
        return child
    }

    /// Runs a part of the script whole; answers its status.
    func runNested(_ node: ShellNode, streams: ShellStreams) throws -> Int32 {
        let child = child(node, streams: streams)
        defer { budget = min(budget, child.budget) }
        return try child.runToEnd()
    }

    func runPipeline(_ stages: [ShellNode]) throws -> Int32 {
        var input = streams.input
        var status: Int32 = 0
        for (place, stage) in stages.enumerated() {
            let isLast = place == stages.count - 1
            let output = isLast ? streams.output : ToolOutput(limit: Self.pipeBytes)
            status = try runNested(
                stage, streams: ShellStreams(input: input, output: output, error: streams.error))
            if !isLast { input = ToolInput(output.take()) }
        }
        return status
    }

    /// What goes through a pipe at most.
    static let pipeBytes = 16 << 20

    func spawn(_ node: ShellNode) {
        let child = child(
            node,
            streams: ShellStreams(
                input: ToolInput(), output: streams.output, error: streams.error),
            clock: ProcessClock(now: clock.now), isNested: false)
        children.append(child)
        spawned.append(child)
        state.lastBackground = state.processID + children.count
        state.status = 0
    }
}
