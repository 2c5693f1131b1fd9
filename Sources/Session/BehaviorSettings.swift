/// A setting of `behavior`: its name, what its value is, and what it says.
package struct BehaviorSettingFacts: Sendable {
    package let name: String
    /// The form of its value, in words.
    package let type: String
    package let summary: String
    /// Whose setting it is.
    package let subject: BehaviorSubjectKind
}

/// Whom a `behavior` is for.
package enum BehaviorSubjectKind: String, CaseIterable, Sendable {
    case containers
    /// `behavior storageclass/…`
    case storage
    /// `behavior kind/…`
    case `operator`

    /// How a statement names it.
    package var target: String {
        switch self {
        case .containers: "IMAGE"
        case .storage: "storageclass/NAME"
        case .operator: "kind/NAME"
        }
    }

    /// A target of an example.
    var example: String {
        switch self {
        case .containers: "nginx"
        case .storage: "storageclass/standard"
        case .operator: "kind/Widget"
        }
    }

    /// In words.
    var words: String {
        switch self {
        case .containers: "containers"
        case .storage: "storage classes (behavior storageclass/NAME)"
        case .operator: "operators (behavior kind/NAME)"
        }
    }
}

/// Every setting that there is.
package enum BehaviorSettings {
    /// Those of containers, then those of storage classes, then those of operators.
    package static let all: [BehaviorSettingFacts] = BehaviorSubjectKind.allCases.flatMap {
        subject in
        rows(of: subject).map {
            BehaviorSettingFacts(name: $0, type: $1, summary: $2, subject: subject)
        }
    }

    /// The names of all, each once: some settings are those of several subjects.
    package static let names: [String] = {
        var names: [String] = []
        for fact in all where !names.contains(fact.name) { names.append(fact.name) }
        return names
    }()

    /// The names of those of one subject.
    static func names(of subject: BehaviorSubjectKind) -> [String] {
        rows(of: subject).map(\.0)
    }

    private static func rows(of subject: BehaviorSubjectKind) -> [(String, String, String)] {
        switch subject {
        case .containers: containers
        case .storage: storage
        case .operator: operators
        }
    }

    private static let containers: [(String, String, String)] = [
        (
            "startDelay", "duration",
            "from the kubelet's start to the running container; 0s otherwise"
        ),
        ("readyAfter", "duration", "when it is ready; a readiness probe fails until then"),
        ("ready", "boolean", "false: it never becomes ready"),
        ("exitAfter", "duration", "when the process ends; it stays up otherwise"),
        (
            "exitCode", "0 to 255",
            "how the process ends, a second after its start unless exitAfter says when"
        ),
        ("exitTimes", "count", "how many runs end; the next one stays up"),
        ("message", "text", "what it leaves as its last words"),
        ("outOfMemory", "boolean", "true: it ends as OOMKilled"),
        ("pullFails", "text or boolean", "the registry's words, or true for \"not found\""),
        ("pullTime", "duration", "how long a pull takes"),
        ("startFails", "text or boolean", "the runtime's words: exit code 128, RunContainerError"),
        (
            "stopAfter", "duration",
            "from the request to stop to the end; killed when the grace is over"
        ),
        (
            "postStart", "duration, boolean or map",
            "how long the hook takes, and whether it is `ok`"
        ),
        ("preStop", "duration, boolean or map", "how long the hook takes, and whether it is `ok`"),
        ("memory", "quantity or list", "an amount, or steps such as [{from: 1m, use: 2Gi}]"),
        ("disk", "quantity or list", "an amount, or steps such as [{from: 1m, use: 2Gi}]"),
        ("liveness", "boolean or list", "answers of the probe, such as [{from: 30s, ok: false}]"),
        ("readiness", "boolean or list", "answers of the probe, such as [{from: 30s, ok: false}]"),
        ("startup", "boolean or list", "answers of the probe, such as [{from: 30s, ok: false}]"),
        (
            "http", "map, text or status",
            "what it answers by path, such as {\"/\": \"v1 {hostname}\", \"/healthz\": 503 after 30s}"
        ),
        (
            "listens", "port or list",
            "where it listens; those of its image and its manifest otherwise"
        ),
        (
            "logs", "text or list",
            "what it writes, such as [\"started\", \"ready\" after 2s, \"tick\" every 10s]"
        ),
    ]

    private static let storage: [(String, String, String)] = [
        (
            "provisions", "boolean",
            "false: claims of the class wait for volumes that somebody makes"
        ),
        ("after", "duration", "how long it takes until a volume is there"),
        ("fails", "text or boolean", "the driver's words, or true for \"out of capacity\""),
    ]

    private static let operators: [(String, String, String)] = [
        ("after", "duration", "from an object's appearance, or a change of its spec, to the work"),
        (
            "creates", "map, list or text",
            "manifests of what it makes and owns; \"{.spec.size}\" takes a field of the object"
        ),
        ("deletes", "text or list", "what it removes, such as \"configmap/old-{.metadata.name}\""),
        ("status", "map", "what it writes into the status once it has acted"),
        ("whenReady", "map", "what it writes when all that it made is ready"),
        ("fails", "text or boolean", "why it cannot act: an event, and another attempt later"),
        ("failTimes", "count", "how many attempts fail; all otherwise"),
    ]
}
