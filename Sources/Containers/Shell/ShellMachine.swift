import Tools

/// A shell at work on a script: it can stop in the middle of any loop, for as long as something sleeps,
/// and go on later.
///
/// What is to be done next stands on a stack of frames, not on the program's own, so that stopping costs
/// nothing. Pipelines and substitutions are run whole; time that passes in them passes for the process.
package final class ShellMachine {
    /// How far a run came.
    package enum Step: Equatable {
        /// The script ended with a status.
        case done(Int32)
        /// Nothing is to be done until an instant; `Int64.max` for ever.
        case waiting(until: Int64)
    }

    enum Frame {
        case list([ShellNode], next: Int)
        case chain([(isAnd: Bool, node: ShellNode)], next: Int)
        case not
        case condition(then: ShellNode, otherwise: ShellNode?)
        case loopTest(ShellNode, body: ShellNode, isUntil: Bool)
        case loopBody(ShellNode, body: ShellNode, isUntil: Bool)
        case forEach(String, [String], next: Int, body: ShellNode)
        case restore(ShellStreams)
        case function(arguments: [String], locals: [(String, String?)])
        case subshell(ShellState)
        case following(FileFollower)
        case awaiting([ShellMachine])
    }

    package let space: ContainerSpace
    package let clock: ProcessClock
    package internal(set) var state: ShellState
    package internal(set) var streams: ShellStreams
    package let flavor: ShellFlavor
    /// What began in the background since somebody looked.
    package var spawned: [ShellMachine] = []
    /// All that it began in the background.
    var children: [ShellMachine] = []
    /// How it ended; nil while it runs.
    package private(set) var ending: Int32?
    package private(set) var wake: Int64 = 0
    /// Whether an unknown program is taken to be a server that runs on: the container's own process.
    package var takesUnknownForServer = false
    /// Whether an unknown program is taken to do its work and end: that of a Job, or an init container.
    package var takesUnknownForDone = false
    /// Whether a name that is no command is answered with the commands that there are.
    package var listsCommands = false
    /// Whether it ends where the user asks to stop: what a user began. Others stop between two steps.
    package var heedsInterrupts = false
    /// Commands that may yet be run.
    package var budget: Int
    let isNested: Bool

    var stack: [Frame] = []
    var pending: ShellNode?
    /// Whether a command asked for an end (`exit`).
    var hasExited = false
    /// Whether it ended by `exit`, not with its last line.
    package internal(set) var hasQuit = false
    private var commandsAtInstant = 0
    private var lastInstant: Int64 = -1

    /// Commands that a process may run in all; those of a container that shows a page's loop for a day of
    /// virtual time are some ten thousand.
    package static let standardBudget = 1_000_000
    /// Commands without time passing.
    static let commandsPerInstant = 200_000

    package init(
        _ node: ShellNode?, space: ContainerSpace, state: ShellState, streams: ShellStreams,
        clock: ProcessClock, flavor: ShellFlavor, budget: Int = ShellMachine.standardBudget,
        isNested: Bool = false
    ) {
        pending = node
        self.space = space
        self.state = state
        self.streams = streams
        self.clock = clock
        self.flavor = flavor
        self.budget = budget
        self.isNested = isNested
        wake = clock.now
    }

    /// Why a machine stops for good.
    enum Stop: Error {
        case interrupted
        /// It ran more commands than it may.
        case exhausted
        /// The time ran out that the command had.
        case late
    }

    /// Gives it something more to do, after it has ended: the next line of a prompt.
    package func begin(_ node: ShellNode) {
        pending = node
        ending = nil
    }

    /// Goes on at `instant`, until something sleeps or all is done.
    package func resume(at instant: Int64) -> Step {
        if let ending { return .done(ending) }
        clock.now = max(clock.now, instant)
        do {
            while true {
                if let node = pending {
                    pending = nil
                    try begin(step: node)
                } else if let frame = stack.popLast() {
                    try proceed(frame)
                } else {
                    return end(state.status)
                }
                if hasExited { return end(state.status) }
                if !isNested, clock.now > instant { return wait(until: clock.now) }
                if blocked {
                    blocked = false
                    return wait(until: clock.now == instant ? pollInstant : clock.now)
                }
            }
        } catch Stop.late {
            return end(124)
        } catch Stop.exhausted {
            streams.error.write("\(state.name): more commands than a simulated process may run\n")
            return isNested ? end(1) : wait(until: .max)
        } catch {
            return end(130)
        }
    }

    /// Set by frames that can do nothing before ``pollInstant``.
    var blocked = false
    var pollInstant: Int64 = .max

    private func wait(until instant: Int64) -> Step {
        wake = instant
        return .waiting(until: instant)
    }

    private func end(_ status: Int32) -> Step {
        stack.removeAll()
        pending = nil
        hasExited = false
        ending = status
        state.status = status
        return .done(status)
    }

    /// Ends it from outside, as a signal does.
    package func kill(status: Int32) { _ = end(status) }

    /// Runs to the end, with time passing for this process alone.
    func runToEnd() throws -> Int32 {
        while true {
            switch resume(at: clock.now) {
            case .done(let status): return status
            case .waiting(let instant):
                guard instant < .max else { throw Stop.exhausted }
                if !clock.advance(by: instant - clock.now) { return 124 }
            }
        }
    }

    /// Counts a command.
    func count() throws {
        if clock.now != lastInstant {
            lastInstant = clock.now
            commandsAtInstant = 0
        }
        commandsAtInstant += 1
        budget -= 1
        if budget < 0 || commandsAtInstant > Self.commandsPerInstant { throw Stop.exhausted }
        if heedsInterrupts, commandsAtInstant & 63 == 0, space.host.isInterrupted {
            throw Stop.interrupted
        }
        if let deadline = clock.deadline, clock.now >= deadline { throw Stop.late }
    }

    // MARK: Frames

    /// Begins a command; what follows it waits on the stack.
    private func begin(step node: ShellNode) throws {
        try count()
        switch node {
        case .simple(let command): try run(command)
        case .list(let nodes): stack.append(.list(nodes, next: 0))
        case .chain(let first, let rest):
            stack.append(.chain(rest, next: 0))
            pending = first
        case .not(let inner):
            stack.append(.not)
            pending = inner
        case .pipeline(let stages): state.status = try runPipeline(stages)
        case .background(let inner): spawn(inner)
        case .condition(let test, let then, let otherwise):
            stack.append(.condition(then: then, otherwise: otherwise))
            pending = test
        case .loop(let test, let body, let isUntil):
            stack.append(.loopTest(test, body: body, isUntil: isUntil))
            pending = test
        case .forEach(let name, let words, let body):
            let values = try words.map { try fields($0) } ?? Array(state.arguments.dropFirst())
            state.status = 0
            stack.append(.forEach(name, values, next: 0, body: body))
        case .choice(let subject, let branches): try choose(subject, branches)
        case .subshell(let inner):
            stack.append(.subshell(state))
            state = state.copy()
            pending = inner
        case .function(let name, let body):
            state.functions[name] = body
            state.status = 0
        case .redirected(let inner, let redirections):
            let outer = streams
            guard let streams = try redirected(redirections) else { return }
            self.streams = streams
            stack.append(.restore(outer))
            pending = inner
        }
    }

    private func choose(
        _ subject: ShellWord, _ branches: [(patterns: [ShellWord], body: ShellNode)]
    ) throws {
        let text = try text(subject)
        state.status = 0
        for branch in branches {
            for pattern in branch.patterns where try self.pattern(pattern).matches(text) {
                pending = branch.body
                return
            }
        }
    }

    /// What follows when the command under a frame is done.
    private func proceed(_ frame: Frame) throws {
        switch frame {
        case .list(let nodes, let next):
            guard next < nodes.count else { return }
            if next + 1 < nodes.count { stack.append(.list(nodes, next: next + 1)) }
            pending = nodes[next]
        case .chain(let rest, let next):
            var place = next
            while place < rest.count, rest[place].isAnd != (state.status == 0) { place += 1 }
            guard place < rest.count else { return }
            if place + 1 < rest.count { stack.append(.chain(rest, next: place + 1)) }
            pending = rest[place].node
        case .not: state.status = state.status == 0 ? 1 : 0
        case .condition(let then, let otherwise):
            if state.status == 0 {
                pending = then
            } else {
                state.status = 0
                pending = otherwise
            }
        case .loopTest(let test, let body, let isUntil):
            guard (state.status == 0) != isUntil else {
                state.status = 0
                return
            }
            stack.append(.loopBody(test, body: body, isUntil: isUntil))
            pending = body
        case .loopBody(let test, let body, let isUntil):
            try count()
            stack.append(.loopTest(test, body: body, isUntil: isUntil))
            pending = test
        case .forEach(let name, let values, let next, let body):
            guard next < values.count else { return }
            state.set(name, to: values[next])
            stack.append(.forEach(name, values, next: next + 1, body: body))
            pending = body
        case .restore(let outer): streams = outer
        case .function(let arguments, let locals): leaveFunction(arguments, locals)
        case .subshell(let outer): leaveSubshell(outer)
        case .following(let follower): follow(follower)
        case .awaiting(let children): awaitChildren(children)
        }
    }

    func leaveFunction(_ arguments: [String], _ locals: [(String, String?)]) {
        state.arguments = arguments
        for (name, value) in locals.reversed() { state.set(name, to: value) }
    }

    func leaveSubshell(_ outer: ShellState) {
        let status = state.status
        state = outer
        state.status = status
    }

    private func follow(_ follower: FileFollower) {
        follower.poll(space.files, streams.output)
        stack.append(.following(follower))
        blocked = true
        pollInstant = clock.now + FileFollower.interval
    }

    private func awaitChildren(_ children: [ShellMachine]) {
        let left = children.filter { $0.ending == nil }
        guard !left.isEmpty else {
            state.status = children.last?.ending ?? 0
            return
        }
        stack.append(.awaiting(left))
        blocked = true
        pollInstant = max(left.map(\.wake).min() ?? .max, clock.now + 1)
    }

    // MARK: Ends

    /// `exit`: leaves the innermost subshell, or the script.
    func exit(_ status: Int32) {
        state.status = status
        pending = nil
        while let frame = stack.popLast() {
            switch frame {
            case .subshell(let outer): return leaveSubshell(outer)
            case .restore(let outer): streams = outer
            case .list, .chain, .not, .condition, .loopTest, .loopBody, .forEach, .function,
                .following, .awaiting:
                continue
            }
        }
        hasExited = true
        hasQuit = true
    }

    /// `return`: leaves the innermost function, or the script.
    func returnFromFunction(_ status: Int32) {
        state.status = status
        pending = nil
        while let frame = stack.popLast() {
            switch frame {
            case .function(let arguments, let locals): return leaveFunction(arguments, locals)
            case .subshell(let outer): return leaveSubshell(outer)
            case .restore(let outer): streams = outer
            case .list, .chain, .not, .condition, .loopTest, .loopBody, .forEach, .following,
                .awaiting:
                continue
            }
        }
    }

    /// `break 2`, `continue`: leaves loops.
    func leaveLoops(_ count: Int, continues: Bool) {
        var left = max(count, 1)
        state.status = 0
        while let frame = stack.popLast() {
            switch frame {
            case .loopBody, .forEach, .loopTest:
                left -= 1
                guard left == 0 else { continue }
                if continues { stack.append(frame) }
                return
            case .restore(let outer): streams = outer
            case .function, .subshell:
                // A loop around the call is none of the function's.
                stack.append(frame)
                return
            case .list, .chain, .not, .condition, .following, .awaiting: continue
            }
        }
    }

    /// Whether a failure is looked at by a condition, so that `set -e` lets it pass.
    var isGuarded: Bool {
        stack.contains { frame in
            switch frame {
            case .not, .condition, .loopTest, .chain: true
            case .list, .loopBody, .forEach, .restore, .function, .subshell, .following, .awaiting:
                false
            }
        }
    }
}
