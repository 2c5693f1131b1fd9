import Support
import Value

/// A pod as the rules of Pod Security look at it: one that is to run, or a template.
package struct PodSecuritySubject {
    let annotations: Object
    let spec: Value
    let containers: [Container]

    struct Container {
        let name: String
        let value: Value
        let security: Value
    }

    /// A pod, or a template of pods.
    package init(_ pod: Value) {
        annotations = pod[.metadata][.annotations].fields
        spec = pod[.spec]
        containers = [Key.initContainers, .containers, .ephemeralContainers].flatMap { list in
            pod[.spec].list(list).map {
                Container(name: $0.text(.name), value: $0, security: $0[.securityContext])
            }
        }
    }

    var security: Value { spec[.securityContext] }
    var isForWindows: Bool { spec[.os][.name] == "windows" }
    /// A pod with users of its own may do more, since 1.35 (KEP-127).
    var hasOwnUsers: Bool { spec[.hostUsers].bool == false }

    /// The names of the containers that `isBad` holds for.
    func names(where isBad: (Container) -> Bool) -> [String] {
        containers.filter(isBad).map(\.name)
    }
}

/// What a rule of Pod Security has against a pod.
package struct PodSecurityViolation: Hashable, Sendable {
    /// `hostPort`: what it is about.
    package let reason: String
    /// `container "web" uses hostPort 80`: where.
    package let detail: String
}

/// A rule of Pod Security, in the forms that it had.
struct PodSecurityCheck: Sendable {
    typealias Form = @Sendable (PodSecuritySubject) -> PodSecurityViolation?

    let id: String
    /// By the minor version that brought each, rising.
    let forms: [(since: Int, check: Form)]
    /// The rule of the level below that this one stands in for.
    var overrides: String?

    init(_ id: String, since minor: Int = 0, overrides: String? = nil, _ check: @escaping Form) {
        self.init(id, overrides: overrides, [(minor, check)])
    }

    init(_ id: String, overrides: String? = nil, _ forms: [(since: Int, check: Form)]) {
        self.id = id
        self.forms = forms
        self.overrides = overrides
    }

    /// The form in force in a minor version; nil before the rule came.
    func form(in minor: Int) -> Form? { forms.last { $0.since <= minor }?.check }
}

extension PodSecurityStandard {
    /// What this standard has against a pod; nothing for one that it allows. The rules of the baseline
    /// come first, each level in the order of their names.
    ///
    /// Source: k8s.io/pod-security-admission, policy/registry.go (populate).
    package func violations(of pod: PodSecuritySubject) -> [PodSecurityViolation] {
        guard level != .privileged else { return [] }
        let minor = self.minor ?? Int.max
        let strict =
            level == .restricted
            ? PodSecurityCheck.restricted.filter { $0.form(in: minor) != nil } : []
        let overridden = Set(strict.compactMap(\.overrides))
        let checks = PodSecurityCheck.baseline.filter { !overridden.contains($0.id) } + strict
        return checks.compactMap { $0.form(in: minor)?(pod) }
    }
}

extension [PodSecurityViolation] {
    /// `privileged (container "a" must not …), hostPort (…)`.
    package var details: String {
        map { $0.detail.isEmpty ? $0.reason : "\($0.reason) (\($0.detail))" }
            .joined(separator: ", ")
    }

    /// `privileged, hostPort`.
    package var reasons: String { map(\.reason).joined(separator: ", ") }
}

// MARK: - Words

/// The pieces of which the messages are made.
enum PodSecurityWords {
    /// `"a", "b"`.
    static func quoted(_ names: [String]) -> String {
        names.map { "\"\($0)\"" }.joined(separator: ", ")
    }

    /// `container "a"`, `containers "a", "b"`.
    static func containers(_ names: [String]) -> String { some("container", names) }

    /// `type "a"`, `types "a", "b"`.
    static func some(_ word: String, _ names: [String]) -> String {
        "\(plural(word, names.count)) \(quoted(names))"
    }

    static func plural(_ word: String, _ count: Int) -> String { count == 1 ? word : word + "s" }

    /// Each once, in order (sets.String of apimachinery).
    static func distinct(_ names: some Sequence<String>) -> [String] {
        Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
