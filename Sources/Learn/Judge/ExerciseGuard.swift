import Model
import Session
import enum Verbs.VerbRegistry

/// Holds a learner to what an exercise forbids and allows.
final class ExerciseGuard: ActGuard {
    /// What a rule is about, with the names filled in.
    private struct Pattern {
        enum Subject {
            /// A request: a verb, or any with nil; a kind, or any; a name, or any.
            case request(GuardedRequest.Verb?, kind: String?, name: String?)
            /// A command that begins with these words.
            case command([String])
        }

        let rule: Int
        let isAllowing: Bool
        let subject: Subject
    }

    private let patterns: [Pattern]
    private let kinds: () -> KindRegistry
    private let reason: (Int) -> String
    /// What was refused, in order.
    private(set) var refusals: [Refusal] = []
    /// What the learner has typed.
    var statement = ""
    /// Commands that were asked for.
    private(set) var commands = 0
    /// The command at work.
    private var command: [String] = []

    /// What would make another world of the one that is given, or push it from outside.
    private static let closed: Set<String> = ["seed", "feature-gate", "reset", "world", "load"]
    /// What changes a world without a request.
    private static let worldly: Set<String> = ["node", "load"]

    /// - Parameters:
    ///   - kinds: what is served now.
    ///   - reason: what a learner is told of a rule.
    init(
        _ rules: [Rule], _ variant: Variant, kinds: @escaping () -> KindRegistry,
        reason: @escaping (Int) -> String
    ) {
        self.kinds = kinds
        self.reason = reason
        patterns = rules.enumerated().flatMap { index, rule in
            rule.patterns.map { template in
                Pattern(
                    rule: index, isAllowing: rule.isAllowing,
                    subject: Self.read(template.text(variant.values)))
            }
        }
    }

    private static func read(_ text: String) -> Pattern.Subject {
        let words = text.split(separator: " ").map(String.init)
        guard let verb = words.first else { return .command([]) }
        let request = GuardedRequest.Verb(rawValue: verb)
        guard request != nil || verb == "*" else { return .command(words) }
        let object = (words.count > 1 ? words[1] : "*").split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        func named(_ text: String?) -> String? { text == "*" ? nil : text }
        return .request(
            request, kind: named(object[0]), name: named(object.count > 1 ? object[1] : nil))
    }

    // MARK: Asked by the session

    func refusal(ofCommand words: [String]) -> String? {
        commands += 1
        command = VerbRegistry.withoutFlags(words)
        guard let verb = command.first else { return nil }
        if let forbidding = patterns.first(where: { !$0.isAllowing && isCommand($0, command) }) {
            return refuse(forbidding.rule, command.prefix(2).joined(separator: " "))
        }
        let isAllowed = patterns.contains { $0.isAllowing && isCommand($0, command) }
        if isAllowed { return nil }
        if Self.closed.contains(verb) { return refuse(nil, verb) }
        if Self.worldly.contains(verb), let rule = patterns.first(where: \.isAllowing)?.rule {
            return refuse(rule, command.prefix(2).joined(separator: " "))
        }
        return nil
    }

    func refusal(of request: GuardedRequest) -> String? {
        let name = request.name.isEmpty ? "" : "/\(request.name)"
        let what = "\(request.verb.rawValue) \(request.kind.singular)\(name)"
        if let forbidding = patterns.first(where: { !$0.isAllowing && covers($0, request) }) {
            return refuse(forbidding.rule, what)
        }
        guard let first = patterns.first(where: \.isAllowing) else { return nil }
        let isAllowed = patterns.contains {
            $0.isAllowing && (covers($0, request) || isCommand($0, command))
        }
        return isAllowed ? nil : refuse(first.rule, what)
    }

    /// Notes a refusal; answers what the learner is told.
    func refuse(_ rule: Int?, _ what: String) -> String {
        let refusal = Refusal(rule: rule, what: what, statement: statement)
        if !refusals.contains(refusal) { refusals.append(refusal) }
        guard let rule else { return "`\(what)` is not for an answer" }
        return reason(rule)
    }

    func forget() { refusals = [] }

    // MARK: Matching

    private func isCommand(_ pattern: Pattern, _ command: [String]) -> Bool {
        guard case .command(let words) = pattern.subject, !words.isEmpty else { return false }
        return command.starts(with: words)
    }

    private func covers(_ pattern: Pattern, _ request: GuardedRequest) -> Bool {
        guard case .request(let verb, let kind, let name) = pattern.subject else { return false }
        if let verb, !Self.includes(verb, request.verb) { return false }
        if let name, name != request.name { return false }
        guard let kind else { return true }
        return kinds().kind(named: kind) == request.kind.kind
    }

    /// Whoever may not delete may not evict, and a change is one however it is sent.
    private static func includes(
        _ verb: GuardedRequest.Verb, _ other: GuardedRequest.Verb
    ) -> Bool {
        switch (verb, other) {
        case (.delete, .evict), (.patch, .update), (.update, .patch): true
        default: verb == other
        }
    }
}
