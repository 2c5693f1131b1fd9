import Language
import Session
import Syntax

/// Runs a page: its commands in their order, each at an instant at which a reader could have seen what the page
/// shows.
package struct PageRunner {
    let page: Page
    let world: any PageWorld
    /// Whether the run goes on as the page does where that has left a command out.
    let catchesUp: Bool
    var result: PageResult
    var names = PageNames()
    /// Remarks about files in versions of the API that are gone, until a command uses the file.
    var remarks: [String: [String]] = [:]
    /// The manifests that commands have taken, by their lines.
    var used: Set<Int> = []
    /// Manifests above that no command names, until one needs them.
    var pending: [PageManifest] = []
    /// The manifests that some command of the page takes, by their lines.
    let claimed: Set<Int>
    /// Whether a file was missing: what it would have made is of elsewhere.
    var lacksFiles = false
    /// The container whose shell the page is in.
    var inside: PageContainer?
    /// Files of which the page shows parts only.
    var elided: Set<String> = []
    /// The machines that prompts outside of containers have named.
    var desks: Set<String> = []
    /// Variables of the shell that commands were to set which could not be simulated, with their lines.
    var unset: [String: Int] = [:]
    /// Which line made an object, by what kubectl said of it, such as `pod/web`.
    var makers: [String: Int] = [:]
    /// When each step of the page was over, with its line; nil for what the page takes for granted.
    var moments: [(time: Int64, line: Int?)] = []
    /// The objects of the files that the page has shown.
    var placed: [String: Set<String>] = [:]
    /// Files that an editor has changed in a way that the page does not show, with the line of that.
    var edited: [String: Int] = [:]
    /// Objects that were made of such files, or changed in an editor themselves, by their names.
    var unsure: [String: Int] = [:]
    /// Files that commands were to write which could not be simulated, or failed, with their lines.
    var unwritten: [String: Int] = [:]
    private let interruptCheck: () -> Bool

    /// - Parameters:
    ///   - path: what reports call the page.
    ///   - catchesUp: whether the run may do what the page has left out.
    package init(
        _ page: Page, path: String, in world: any PageWorld, catchesUp: Bool,
        interruptCheck: @escaping () -> Bool = { false }
    ) {
        self.page = page
        self.world = world
        self.catchesUp = catchesUp
        self.interruptCheck = interruptCheck
        claimed = ManifestMatch(manifests: page.manifests).claims(of: page.commands)
        result = PageResult(path: path)
    }

    /// Runs the page to its end.
    package static func run(
        _ text: String, path: String, folder: String, seed: UInt64 = SessionOptions.standardSeed,
        allowed: [String] = [], interruptCheck: @escaping () -> Bool = { false }
    ) -> PageResult {
        let world = PageSession(seed: seed, folder: folder, allowed: allowed)
        world.interruptCheck = interruptCheck
        var runner = PageRunner(
            Page(parsing: text), path: path, in: world, catchesUp: true,
            interruptCheck: interruptCheck)
        runner.result.seed = seed
        return runner.run()
    }

    /// Runs the page.
    package mutating func run() -> PageResult {
        addNodes()
        moments.append((world.now, nil))
        for element in page.elements {
            if interruptCheck() {
                result.wasInterrupted = true
                break
            }
            switch element {
            case .statements(let text, let line): runStatements(text, line)
            case .manifest(let manifest):
                if ManifestText.isElided(manifest.text) {
                    if let name = manifest.name { elided.insert(name) }
                    continue
                }
                if let name = manifest.name {
                    place(manifest, at: name)
                } else if let name = grown(manifest) {
                    place(manifest, at: name)
                }
                if !claimed.contains(manifest.line) { pending.append(manifest) }
            case .edit(let file, let part, let line): edit(file, part, line)
            case .command(let command): run(command)
            }
        }
        result.remarks = ProseRules.remarks(on: page)
        result.virtualMilliseconds = world.now
        return result
    }

    /// Machines, unless the page itself says which.
    private mutating func addNodes() {
        for element in page.elements {
            if case .statements(let text, _) = element, text.contains("node add") { return }
        }
        let adds = page.commands.contains { $0.isOwn && $0.text.hasPrefix("node add") }
        if adds || world.session.cluster.state.count(.node) > 0 { return }
        // At a prompt only where the page shows that pods run or machines are there.
        let isShown = page.commands.contains { command in
            PageTable.tables(in: command.output).contains { table in
                ["RESTARTS", "READY", "DESIRED", "ROLES"].contains { table.column($0) != nil }
            }
        }
        if !catchesUp, !isShown { return }
        for statement in PageNodes(page).statements { _ = world.run(statement) }
        guard catchesUp, let classes = PageStorage(page).manifest else { return }
        world.place(classes, at: ".page-storage.yaml")
        _ = world.run("kubectl apply -f .page-storage.yaml")
    }

    private mutating func runStatements(_ text: String, _ line: Int) {
        let outcome = world.run(text)
        moments.append((world.now, line + 1))
        guard outcome.hasFailed else { return }
        let reason = outcome.problem ?? Self.lastLine(outcome.output)
        result.items.append(
            PageItem(
                command: Self.firstLine(text), line: line + 1, verdict: .failed(reason),
                output: outcome.output, milliseconds: world.now, range: line..<line, indent: ""))
    }

    // MARK: Commands

    private mutating func run(_ command: PageCommand) {
        var item = PageItem(
            command: command.text, line: command.line + 1, verdict: .ran, range: command.range,
            indent: command.indent)
        defer {
            item.milliseconds = world.now
            moments.append((world.now, command.line + 1))
            noteUnsure(command, item)
            result.items.append(item)
        }
        if isInside(command) {
            guard let container = inside else { return }
            runInside(container, command, &item)
            return
        }
        leaveShell()
        if let host = command.host { desks.insert(host) }
        if !command.isOwn, let reason = reasonToPass(command.text) {
            if let name = Unsimulated.variable(setBy: command.text) {
                unset[name] = command.line + 1
            }
            item.verdict = .notSimulated(reason)
            world.tell("\(Self.firstLine(command.text)): \(reason)")
            return
        }
        let plain = PageCommands.plain(command.text)
        // Whoever names a pod has looked which there are.
        if names.areMissing(in: plain) { world.rest(until: world.now + PageTiming.typing) }
        var text = names.translated(plain, in: world.session)
        var old: [String] = []
        if let run = OldRun(text, output: command.output) {
            world.place(run.manifest, at: run.file)
            text = run.command
            old = [run.remark]
        } else if let flags = OldFlags(text) {
            text = flags.command
            old = flags.remarks
        }
        applyPending(for: command)
        let (prepared, missing) = prepareFiles(text, at: command.line)
        text = prepared
        if let missing {
            lacksFiles = true
            item.verdict = .notSimulated(missing)
            world.tell(missing)
            return
        }
        if let container = PageContainer(opening: command, as: text) {
            inside = container
            if let start = container.start { return begin(container, start, &item) }
            if command.output.isEmpty { return open(container, &item) }
        }
        if PageCommands.verb(of: text) == "port-forward" {
            // The one before ended when its reader typed again.
            world.session.closePorts()
        }
        if text != command.text { item.ranAs = text }
        run(command, as: text, old + remarksOf(text), &item)
    }

    static func lastPart(_ name: String) -> String {
        name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
    }

    mutating func run(
        _ command: PageCommand, as text: String, _ remarks: [String], _ item: inout PageItem
    ) {
        var remarks = remarks
        var (outcome, comparison) = carryOut(command, text)
        // A loop stops at the first object that is there already.
        for _ in 0..<8 {
            guard outcome.hasFailed, catchesUp, !Self.showsError(command),
                let made = replaceExisting(outcome, text)
            else { break }
            remarks += made
            (outcome, comparison) = carryOut(command, text)
        }
        for object in Self.made(outcome.output) { makers[object] = command.line + 1 }
        names.note(comparison.names)
        item.output = names.asOnPage(outcome.output)
        item.verdict = verdict(command, outcome, comparison, remarks, item)
        if case .differs(let reasons) = item.verdict, catchesUp, let scale = catchUp(comparison) {
            item.verdict = .differs(
                reasons + [
                    "the page does not show what changes the number; this run goes on with `\(scale)`"
                ])
        }
    }

    /// Why a command at the desk is passed over; nil where it runs.
    private func reasonToPass(_ text: String) -> String? {
        if let reason = Unsimulated.reason(text, inContainer: false) { return reason }
        let known = unset.sorted { $0.key < $1.key }
        return known.first { Unsimulated.uses($0.key, in: text) }.map {
            "$\($0.key) comes from line \($0.value), which is not simulated"
        }
    }

    private mutating func remarksOf(_ text: String) -> [String] {
        PageCommands.verb(of: text) == "delete" ? [] : takeRemarks(text)
    }

    /// Runs a command at an instant that fits what the page shows.
    private func carryOut(
        _ command: PageCommand, _ text: String
    ) -> (PageOutcome, PageComparison) {
        let comparer = OutputComparer(command: command.text) { [world] in world.hasEverHad($0) }
        let isShown = command.output.contains { !PageText.isBlank($0) }
        if command.isOwn {
            let outcome = world.run(text)
            return (
                outcome,
                isShown ? comparer.compare(command.output, outcome.output) : PageComparison()
            )
        }
        if PageCommands.isEndless(text) {
            world.rest(until: world.now + PageTiming.typing)
            let outcome = world.run(text, lines: max(Self.loopLines, command.output.count))
            return (
                outcome,
                isShown ? comparer.compare(command.output, outcome.output) : PageComparison()
            )
        }
        if PageCommands.isReading(text), isShown, !world.canRewind {
            PageTiming(world: world).wait(text) { comparer.compare(command.output, $0) }
            let outcome = world.run(text)
            return (outcome, comparer.compare(command.output, outcome.output))
        }
        if PageCommands.isReading(text), isShown {
            return PageTiming(world: world).look(text) { comparer.compare(command.output, $0) }
        }
        // A reader does not type two commands within a second.
        if !PageCommands.isReading(text) {
            world.rest(until: world.now + PageTiming.typing)
        }
        var outcome = world.run(text)
        if outcome.hasFailed, PageCommands.needsRunning(text) {
            // What needs a running container waits for it, as a reader does.
            let isReady = world.wait(milliseconds: PageTiming.patience) {
                !world.look(text).hasFailed
            }
            if isReady { outcome = world.run(text) }
        }
        return (
            outcome, isShown ? comparer.compare(command.output, outcome.output) : PageComparison()
        )
    }

    /// How many lines a reader looks at who watches a loop.
    private static let loopLines = 10

    static func firstLine(_ text: String) -> String {
        text.split(separator: "\n").first.map(String.init) ?? ""
    }

    static func lastLine(_ text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? ""
    }
}
