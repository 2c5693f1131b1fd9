import Support
import Value

/// What a namespace lets its pods do, by its labels `pod-security.kubernetes.io/…`.
///
/// Source of rules and words: k8s.io/pod-security-admission, api/helpers.go (PolicyToEvaluate).
package struct PodSecurityPolicy: Hashable, Sendable {
    /// What is refused.
    package var enforce = PodSecurityStandard()
    /// What would be written into an audit log.
    package var audit = PodSecurityStandard()
    /// What the client is warned of.
    package var warn = PodSecurityStandard()

    /// Whether nothing is refused, logged or warned of.
    package var isPrivileged: Bool {
        enforce.level == .privileged && audit.level == .privileged && warn.level == .privileged
    }
}

/// A level in the form that it had in a version: `restricted:v1.25`.
package struct PodSecurityStandard: Hashable, Sendable {
    /// From what allows everything to what allows least.
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case privileged
        case baseline
        case restricted

        package static func < (left: Level, right: Level) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    package var level = Level.privileged
    /// The minor version; nil for the latest.
    package var minor: Int?

    package init(level: Level = .privileged, minor: Int? = nil) {
        self.level = level
        self.minor = minor
    }

    /// `restricted:latest`, `baseline:v1.25`.
    package var text: String { "\(level.rawValue):" + (minor.map { "v1.\($0)" } ?? "latest") }
}

extension PodSecurityPolicy {
    /// The policy of a namespace with `labels`, and what is wrong with these. A level that cannot be
    /// read enforces the restricted one; it warns of nothing.
    ///
    /// Who enforces more than is warned of is warned of as much: with `enforce=restricted` alone a
    /// Deployment is answered with a warning.
    package static func read(_ labels: Object) -> (policy: PodSecurityPolicy, errors: [FieldError])
    {
        var reader = PodSecurityLabels(labels)
        var policy = PodSecurityPolicy()
        let enforced = reader.level("enforce")
        policy.enforce = PodSecurityStandard(
            level: enforced.map { $0 ?? .restricted } ?? .privileged,
            minor: reader.minor("enforce") ?? nil)
        let audited = reader.level("audit")
        policy.audit = PodSecurityStandard(
            level: (audited ?? nil) ?? .privileged, minor: reader.minor("audit") ?? nil)
        let warned = reader.level("warn")
        let warnedMinor = reader.minor("warn")
        policy.warn = PodSecurityStandard(
            level: (warned ?? nil) ?? .privileged, minor: warnedMinor ?? nil)
        if warned == nil, let enforced, let level = enforced, level > policy.warn.level {
            policy.warn.level = level
            if warnedMinor == nil { policy.warn.minor = policy.enforce.minor }
        }
        return (policy, reader.errors)
    }
}

/// Reads the labels of a policy and collects what is wrong with them. The answers are nil for a label
/// that is absent, and nil inside for one that says nothing.
private struct PodSecurityLabels {
    let labels: Object
    var errors: [FieldError] = []

    init(_ labels: Object) { self.labels = labels }

    mutating func level(_ mode: String) -> PodSecurityStandard.Level?? {
        let name = "pod-security.kubernetes.io/\(mode)"
        guard let text = labels[Key(name)].string else { return nil }
        guard let level = PodSecurityStandard.Level(rawValue: text) else {
            add(name, text, "must be one of privileged, baseline, restricted")
            return .some(nil)
        }
        return level
    }

    /// The minor version; nil inside for "latest", which also stands for what cannot be read.
    mutating func minor(_ mode: String) -> Int?? {
        let name = "pod-security.kubernetes.io/\(mode)-version"
        guard let text = labels[Key(name)].string else { return nil }
        if text == "latest" { return .some(nil) }
        let digits = text.dropFirst(3)
        guard text.hasPrefix("v1."), !digits.isEmpty, digits.utf8.allSatisfy(NameRules.isDigit),
            digits.count == 1 || digits.first != "0", let minor = Int(digits)
        else {
            add(name, text, #"must be "latest" or "v1.x""#)
            return .some(nil)
        }
        return minor
    }

    private mutating func add(_ name: String, _ text: String, _ words: String) {
        let path = ErrorPath("metadata").child("labels").key(name)
        errors.append(.invalid(path, Value(text), words))
    }
}
