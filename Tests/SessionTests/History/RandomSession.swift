import Cluster
import Language
import Session
import Support
import Syntax

/// A session at a prompt whose statements are drawn: some act, some go back and forth in time.
final class RandomSession {
    let session: Session
    private let prompt: Prompt
    private var random: RandomStream
    private var names = 0
    /// What was typed, for messages.
    private(set) var typed: [String] = []
    /// Traces that should have been equal and were not.
    private(set) var problems: [String] = []

    /// - Parameter spacing: how many events lie at least between two copies of the world.
    init(seed: UInt64, spacing: Int = WorldOrigin.standardSpacing) {
        var options = SessionOptions()
        options.keepsHistory = true
        options.checkpointSpacing = spacing
        session = Session(options, files: ScriptFiles(folder: ".")) { _ in }
        prompt = Prompt(host: session)
        random = RandomStream(seed: seed)
    }

    /// Runs a statement as the prompt does; answers whether it succeeded.
    @discardableResult
    func type(_ text: String) -> Bool {
        typed.append(text)
        let parsed = Parser.parse(Source(name: Session.promptName, text: text))
        session.beginTyped(text)
        var isDone = true
        do {
            let found = try prompt.run(parsed.script) { _ in }
            isDone = !parsed.hasErrors && !found.contains { $0.severity == .error }
        } catch {
            isDone = false
        }
        session.endTyped(as: text, code: isDone ? 0 : 3, isCut: false)
        return isDone
    }

    private func one(of texts: [String]) -> String { texts[random.below(texts.count)] }

    /// A statement that acts.
    private func action() -> String {
        let number = 1 + random.below(4)
        return one(of: [
            "node add n\(typed.count)", "create deployment web\(number) --image=nginx --replicas=2",
            "scale deployment/web\(number) --replicas=\(random.below(5))",
            "set image deployment/web\(number) nginx=nginx:1.\(random.below(9))",
            "delete deployment web\(number)", "advance \(1 + random.below(40))s", "settle",
            "node fail n0", "node recover n0", "delete pods --all --wait=false",
            "behavior nginx:1.\(number) { startDelay: \(number)s }",
            "load deployment/web\(number) cpu=\(number)00m",
            "at \(1 + random.below(20))s { create configmap c\(typed.count) --from-literal=a=b }",
            "every \(5 + random.below(20))s { delete pods -l app=web\(number) --wait=false }",
            "cancel all", "expect within 20s: deployment/web\(number) .status.readyReplicas == 2",
            "create configmap c\(number) --from-literal=a=\(typed.count)", "get pods", "step 5",
            "autoscale deployment web\(number) --min=1 --max=4 --cpu-percent=50",
        ])
    }

    private func expect(_ trace: UInt64, after text: String) {
        guard session.trace != trace else { return }
        problems.append("\(text): \(session.trace), not \(trace)")
    }

    /// Makes a number of statements, jumps among them.
    func run(statements: Int) {
        type("node add n0 --cpu 8")
        for _ in 0..<statements {
            let trace = session.trace
            switch random.below(10) {
            case 0:
                if type("undo \(1 + random.below(3))"), type("forward") {
                    expect(trace, after: "forward")
                }
            case 1:
                names += 1
                type("branch b\(names) { \(action())\n\(action()) }")
                expect(trace, after: "branch")
            case 2:
                let now = session.virtualMilliseconds
                type("rewind to \(random.below(Int(now) + 1))ms")
            case 3:
                names += 1
                type("snapshot s\(names)")
                for _ in 0..<3 { type(action()) }
                if type("restore s\(names)") { expect(trace, after: "restore") }
            case 4:
                let before = session.trace
                if type(action()), session.trace != before, type("undo") {
                    expect(before, after: "undo")
                }
            case 5: type("rewind to event \(random.below(session.eventCount + 1))")
            default: type(action())
            }
        }
    }

    /// Runs what is on the way here anew.
    static func replaying(_ other: RandomSession) -> RandomSession {
        let again = RandomSession(seed: 0)
        for statement in other.session.typedStatements { again.type(statement.text) }
        return again
    }
}
