import Language
import Session
import Syntax

/// Runs a page: its commands in their order, each at an instant at which a reader could have seen what the page
/// shows.
package struct PageRunner {
    private let page: Page
    private let world: PageSession
    private var result: PageResult
    private var names = PageNames()
    /// Remarks about files in versions of the API that are gone, until a command uses the file.
    private var remarks: [String: [String]] = [:]
    /// The manifests that commands have taken, by their lines.
    private var used: Set<Int> = []
    /// The container whose shell the page is in.
    private var inside: PageContainer?
    private let interruptCheck: () -> Bool

    /// - Parameters:
    ///   - path: what reports call the page.
    ///   - folder: where files lie that commands may read.
    package init(
        _ page: Page, path: String, folder: String, seed: UInt64 = SessionOptions.standardSeed,
        allowed: [String] = [], interruptCheck: @escaping () -> Bool = { false }
    ) {
        self.page = page
        self.interruptCheck = interruptCheck
        world = PageSession(seed: seed, folder: folder, allowed: allowed)
        world.interruptCheck = interruptCheck
        result = PageResult(path: path)
        result.seed = seed
    }

    /// Runs the page to its end.
    package static func run(
        _ text: String, path: String, folder: String, seed: UInt64 = SessionOptions.standardSeed,
        allowed: [String] = [], interruptCheck: @escaping () -> Bool = { false }
    ) -> PageResult {
        var runner = PageRunner(
            Page(parsing: text), path: path, folder: folder, seed: seed, allowed: allowed,
            interruptCheck: interruptCheck)
        return runner.run()
    }

    private mutating func run() -> PageResult {
        addNodes()
        for element in page.elements {
            if interruptCheck() {
                result.wasInterrupted = true
                break
            }
            switch element {
            case .statements(let text, let line): runStatements(text, line)
            case .manifest(let manifest):
                if let name = manifest.name { place(manifest, at: name) }
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
        if adds { return }
        for statement in PageNodes(page).statements { _ = world.run(statement) }
    }

    private mutating func runStatements(_ text: String, _ line: Int) {
        let outcome = world.run(text)
        guard outcome.hasFailed else { return }
        let reason = outcome.problem ?? Self.lastLine(outcome.output)
        result.items.append(
            PageItem(
                command: Self.firstLine(text), line: line + 1, verdict: .failed(reason),
                output: outcome.output, milliseconds: world.now, range: line..<line, indent: ""))
    }

    // MARK: Files

    private mutating func place(_ manifest: PageManifest, at name: String) {
        let mended = OldManifest(manifest.text)
        if !mended.remarks.isEmpty { remarks[name] = mended.remarks }
        world.place(mended.text, at: name)
    }

    /// Sees to it that the files exist that a command names; answers the command with addresses replaced by
    /// files, or why it cannot be run.
    private mutating func prepareFiles(
        _ command: String, at line: Int
    ) -> (command: String, missing: String?) {
        var text = command
        for path in PageCommands.files(of: command) {
            let isAddress = path.contains("://")
            if world.ownsFile(path) || !isAddress && world.hasFile(path) { continue }
            let match = ManifestMatch(manifests: page.manifests)
            guard let manifest = match.manifest(for: path, at: line, used: used) else {
                if isAddress {
                    return (text, "\(path) is on the web, and the page does not show it")
                }
                return (text, "the page does not show \(path)")
            }
            used.insert(manifest.line)
            let name =
                isAddress ? path.split(separator: "/").last.map(String.init) ?? "page.yaml" : path
            place(manifest, at: name)
            if isAddress { text = text.replacing(path, with: name) }
        }
        return (text, nil)
    }

    private mutating func takeRemarks(_ command: String) -> [String] {
        PageCommands.files(of: command).flatMap { remarks.removeValue(forKey: $0) ?? [] }
    }

    // MARK: Commands

    private mutating func run(_ command: PageCommand) {
        var item = PageItem(
            command: command.text, line: command.line + 1, verdict: .ran, range: command.range,
            indent: command.indent)
        defer {
            item.milliseconds = world.now
            result.items.append(item)
        }
        if let reason = Unsimulated.reason(command.text, inContainer: inside != nil) {
            item.verdict = .notSimulated(reason)
            return
        }
        var text = PageCommands.plain(command.text)
        if isInside(command) {
            guard let container = inside else { return }
            if PageCommands.program(of: text) == "exit" { inside = nil; return }
            text = container.call(text)
        } else {
            inside = nil
        }
        text = names.translated(text, in: world.session)
        let (prepared, missing) = prepareFiles(text, at: command.line)
        text = prepared
        if let missing {
            item.verdict =
                missing.contains("on the web") ? .notSimulated(missing) : .failed(missing)
            return
        }
        if let container = PageContainer(opening: text) {
            inside = container
            if command.output.isEmpty { return open(container, &item) }
        }
        if text != command.text { item.ranAs = text }
        let found = remarksOf(text)
        let (outcome, comparison) = carryOut(command, text)
        names.note(comparison.names)
        item.output = names.asOnPage(outcome.output)
        item.verdict = Self.verdict(command, outcome, comparison, found)
    }

    private mutating func remarksOf(_ text: String) -> [String] {
        PageCommands.verb(of: text) == "delete" ? [] : takeRemarks(text)
    }

    /// A shell in a container: whether it could be had shows at the first command.
    private func open(_ container: PageContainer, _ item: inout PageItem) {
        let outcome = world.look(container.call("true"))
        if outcome.hasFailed, Unsimulated.says(outcome.output) {
            item.verdict = .notSimulated("a shell in a container, which this run does not have")
        }
    }

    private func isInside(_ command: PageCommand) -> Bool {
        guard let inside else { return false }
        return command.isInContainer
            || command.host.map { inside.pod.hasPrefix($0) || $0.hasPrefix(inside.pod) } ?? false
    }

    /// Runs a command at an instant that fits what the page shows.
    private func carryOut(
        _ command: PageCommand, _ text: String
    ) -> (PageOutcome, PageComparison) {
        let comparer = OutputComparer(command: command.text)
        let isShown = command.output.contains { !PageText.isBlank($0) }
        if PageCommands.isReading(text), isShown {
            return PageTiming(world: world).look(text) { comparer.compare(command.output, $0) }
        }
        // A reader does not type two commands within a second.
        if !PageCommands.isReading(text), !command.isOwn {
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

    // MARK: Verdicts

    private static func verdict(
        _ command: PageCommand, _ outcome: PageOutcome, _ comparison: PageComparison,
        _ remarks: [String]
    ) -> PageItem.Verdict {
        let showsError = command.output.contains { line in
            let text = PageText.trimmed(line)
            return text.hasPrefix("error") || text.hasPrefix("Error") || text.contains("not found")
                || text.hasPrefix("The ") && text.contains("is invalid")
        }
        let isShown = command.output.contains { !PageText.isBlank($0) }
        if outcome.hasFailed, !(showsError && outcome.problem == nil) {
            if Unsimulated.says(outcome.output) {
                return .notSimulated(firstLine(outcome.output))
            }
            // `grep` ends so where nothing is found, and a page that shows nothing agrees with that.
            if outcome.output.isEmpty, outcome.problem == nil {
                return isShown ? .differs(comparison.differences) : .ran
            }
            let lines = outcome.output.split(separator: "\n").map(String.init)
            return .failed(
                outcome.problem ?? lines.first { $0.contains("rror") || $0.contains("invalid") }
                    ?? lines.last ?? "failed")
        }
        if !comparison.isSame { return .differs(remarks + comparison.differences) }
        if !remarks.isEmpty { return .differs(remarks) }
        return isShown ? .asPrinted : .ran
    }

    private static func firstLine(_ text: String) -> String {
        text.split(separator: "\n").first.map(String.init) ?? ""
    }

    private static func lastLine(_ text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? ""
    }
}
