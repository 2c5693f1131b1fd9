import Cluster
import Language
import Support
import Syntax
import Value
import Verbs

/// The statements of a script that come to something only later: the blocks of `at` and `every`, and
/// what is said of containers that are still to come.
struct PendingStatements {
    private struct Timer {
        let request: TimerRequest
        var due: Milliseconds
        let isShared: Bool
        /// What the world knows it by; nil where the world began anew without it.
        var action: DeferredActionID?
        var hasRun = false
    }

    private struct Behavior {
        let rule: BehaviorTable.RuleID
        /// The image that it names, if it does.
        let image: String?
        let place: Place
        let isShared: Bool
    }

    /// By their numbers: the timers whose blocks are still to run.
    private var timers: [Int: Timer] = [:]
    private var lastTimer = 0
    private var behaviors: [Behavior] = []
    /// Whether what is said now is said for every scenario of a file.
    var isShared = false

    /// Answers the number to give to ``reached(timer:)``.
    mutating func add(timer request: TimerRequest, due: Milliseconds) -> Int {
        lastTimer += 1
        timers[lastTimer] = Timer(request: request, due: due, isShared: isShared)
        return lastTimer
    }

    mutating func began(timer number: Int, as action: DeferredActionID) {
        timers[number]?.action = action
    }

    /// The time of a block has come; one of `every` waits for its next.
    mutating func reached(timer number: Int) {
        guard let timer = timers[number], timer.request.kind == .every else {
            timers[number] = nil
            return
        }
        timers[number]?.hasRun = true
        timers[number]?.due += timer.request.milliseconds
    }

    /// The world began anew: it knows of no blocks.
    mutating func forgetActions() {
        for number in timers.keys.sorted() { timers[number]?.action = nil }
    }

    /// The blocks that wait, in the order in which they were begun.
    var blocks: [PendingBlock] {
        timers.filter { $0.value.action != nil }.sorted { $0.key < $1.key }.map { number, timer in
            let lines = timer.request.place.text.split(separator: "\n")
            let more = lines.count > 1 ? " …" : ""
            return PendingBlock(
                number: number, due: timer.due, text: (lines.first.map(String.init) ?? "") + more)
        }
    }

    /// Forgets a block that is to end; answers what the world knows it by.
    mutating func cancel(_ number: Int) -> DeferredActionID? {
        timers.removeValue(forKey: number)?.action
    }

    mutating func add(behavior rule: BehaviorTable.RuleID, _ image: String?, at place: Place) {
        behaviors.removeAll { $0.rule == rule }
        behaviors.append(Behavior(rule: rule, image: image, place: place, isShared: isShared))
    }

    /// Forgets all, for a world that is made anew.
    mutating func forget() {
        timers.removeAll()
        lastTimer = 0
        behaviors.removeAll()
    }

    /// All is as it was once.
    mutating func take(_ other: PendingStatements) {
        let isShared = isShared
        self = other
        self.isShared = isShared
    }

    /// What came to nothing in `cluster`, in the order in which it was said.
    func idle(in cluster: SimulatedCluster) -> [IdleStatement] {
        let blocks = timers.filter { !$0.value.hasRun }.sorted { $0.key < $1.key }.map { _, timer in
            IdleStatement(
                Self.words(timer, end: cluster.clock.now), at: timer.request.place,
                isShared: timer.isShared)
        }
        let idle = cluster.idleBehaviors
        let rules = behaviors.filter { idle.contains($0.rule) }
        guard !rules.isEmpty else { return blocks }
        let images = cluster.knownImages
        return blocks
            + rules.map { behavior in
                IdleStatement(
                    Self.words(behavior, images), at: behavior.place, isShared: behavior.isShared)
            }
    }

    private static func words(_ timer: Timer, end: Milliseconds) -> DiagnosticText {
        let keyword = timer.request.kind.rawValue
        let time = Duration(milliseconds: timer.request.milliseconds).shortText
        let last = Duration(milliseconds: end).shortText
        return DiagnosticText(
            "DD3053", "the block of this `\(keyword)` was never reached", label: "never ran",
            notes: [DiagnosticNote("the run ended at \(last) of virtual time")],
            hint:
                "the block is due at \(Duration(milliseconds: timer.due).shortText): let time pass "
                + "until then, as in `advance \(time)`")
    }

    private static func words(_ behavior: Behavior, _ images: [String]) -> DiagnosticText {
        let nearest = behavior.image.flatMap { nearestName(to: $0, among: images) }
        return DiagnosticText(
            "DD3052", "there was no container that this `behavior` is for", label: "for none",
            hint: nearest.map { "did you mean `\($0)`?" }
                ?? (images.isEmpty
                    ? "there was no container at all"
                    : "the images were \(images.prefix(5).joined(separator: ", "))"
                        + (images.count > 5 ? " …" : "")))
    }
}

/// A statement that came to nothing in a run that has ended.
package struct IdleStatement: Sendable {
    package let diagnostic: Diagnostic
    /// Whether it stands at the top of its file or in `setup`, for all scenarios alike.
    package let isShared: Bool

    init(_ text: DiagnosticText, at place: Place, isShared: Bool) {
        diagnostic = Diagnostic(text, at: place.span, in: place.source)
        self.isShared = isShared
    }
}

extension Session {
    /// What follows is of one scenario alone, or of all scenarios of a file.
    package func preparesScenarios(_ isShared: Bool) { pending.isShared = isShared }

    /// The statements that came to nothing, now that the script has come to its end: a test in which a
    /// block never ran, or a container never failed as was said, must not pass.
    package var idleStatements: [IdleStatement] { pending.idle(in: cluster) }
}
