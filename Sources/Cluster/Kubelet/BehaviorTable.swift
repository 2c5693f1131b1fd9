import Model
import Patterns
import Support
import Value

/// Which containers a behavior is for. Every part that is set must match; `*` stands for any text.
package struct BehaviorPattern: Sendable, Equatable {
    /// "nginx:1.25", "nginx:*", "registry/app*"; a name without tag stands for every tag.
    package var image: String?
    /// "web-*"; a StatefulSet's ordinal is matched by "web-2".
    package var pod: String?
    package var container: String?
    package var namespace: String?
    /// The ordinal of a StatefulSet's pod, or the index of an indexed Job's.
    package var ordinal: Int?
    /// The workload that the pod belongs to, be it through a ReplicaSet or Job.
    package var owner: Owner?

    /// A workload by the name of its kind ("StatefulSet") and its own.
    package struct Owner: Sendable, Equatable {
        package let kind: String
        package let name: String

        package init(kind: String, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    package init(
        image: String? = nil, pod: String? = nil, container: String? = nil,
        namespace: String? = nil, ordinal: Int? = nil, owner: Owner? = nil
    ) {
        self.image = image
        self.pod = pod
        self.container = container
        self.namespace = namespace
        self.ordinal = ordinal
        self.owner = owner
    }

    /// Whether it is for a container of pods that a workload would have.
    func matches(
        templateOf workload: Owner, container name: String, image: String,
        namespace given: String
    ) -> Bool {
        guard pod == nil, owner == nil || owner == workload else { return false }
        return Self.glob(namespace, given) && Self.glob(container, name) && matches(image: image)
    }

    func matches(_ subject: BehaviorSubject) -> Bool {
        if let ordinal, ordinal != subject.ordinal { return false }
        if let owner, !owns(owner, subject) { return false }
        return Self.glob(namespace, subject.namespace) && Self.glob(pod, subject.pod)
            && Self.glob(container, subject.container) && matches(image: subject.image)
    }

    private func matches(image given: String) -> Bool {
        guard let image else { return true }
        if Self.glob(image, given) { return true }
        let name = image.split(separator: "/").last ?? ""
        guard !name.contains(":"), !name.contains("@"), !name.contains("*") else { return false }
        return given.hasPrefix(image + ":") || given.hasPrefix(image + "@")
    }

    /// A Deployment's pods belong to ReplicaSets of its name and a hash, a CronJob's to Jobs of its
    /// name and a number.
    private func owns(_ owner: Owner, _ subject: BehaviorSubject) -> Bool {
        let between = ["Deployment": "ReplicaSet", "CronJob": "Job"][owner.kind]
        guard let between else {
            return subject.ownerKind == owner.kind && subject.ownerName == owner.name
        }
        return subject.ownerKind == between && subject.ownerName.hasPrefix(owner.name + "-")
            && !subject.ownerName.dropFirst(owner.name.count + 1).contains("-")
    }

    /// Whether `pattern` is absent or fits `text`; `*` stands for any run of characters.
    private static func glob(_ pattern: String?, _ text: String) -> Bool {
        guard let pattern else { return true }
        // Most patterns are names.
        guard pattern.utf8.contains(UInt8(ascii: "*")) else { return pattern == text }
        return Glob(pattern, syntax: .star).matches(text)
    }
}

/// A container that behaviors are looked up for.
struct BehaviorSubject {
    let namespace: String
    let pod: String
    let container: String
    let image: String
    /// The pod's newest version: few rules ask for what only it tells.
    private let object: StoredObject?

    /// - Parameter pod: the pod's newest version, for what only it tells.
    init(_ key: ObjectKey, container: String, image: String, pod: StoredObject?) {
        namespace = key.namespace
        self.pod = key.name
        self.container = container
        self.image = image
        object = pod
    }

    var ordinal: Int? { object.flatMap { Self.ordinal(of: $0) } }
    var ownerKind: String { object?.controllerReference?.text(.kind) ?? "" }
    var ownerName: String { object?.controllerReference?.text(.name) ?? "" }

    private static let indices: [Key] = [
        Key("apps.kubernetes.io/pod-index"), Key("batch.kubernetes.io/job-completion-index"),
    ]

    /// The index that a StatefulSet or an indexed Job gave the pod; else the number that ends its name.
    private static func ordinal(of pod: StoredObject) -> Int? {
        let metadata = pod.value[.metadata]
        for key in indices {
            let text = metadata[.labels][key].string ?? metadata[.annotations][key].string
            if let number = text.flatMap({ Int($0) }) { return number }
        }
        return PodView(pod.value).ordinal
    }
}

/// The behaviors that hold in a world; later ones win over earlier ones, property by property.
package struct BehaviorTable: Sendable {
    /// A pattern, by which rules are told apart: a later rule of equal pattern has the same number.
    package typealias RuleID = Int

    private var rules: [(id: RuleID, pattern: BehaviorPattern, behavior: ContainerBehavior)] = []
    private var lastID = 0

    package init() {}

    var isEmpty: Bool { rules.isEmpty }

    /// Adds a rule; a rule of equal pattern is replaced.
    @discardableResult
    package mutating func add(
        _ pattern: BehaviorPattern, _ behavior: ContainerBehavior
    ) -> RuleID {
        let place = rules.firstIndex { $0.pattern == pattern }
        if place == nil { lastID += 1 }
        let id = place.map { rules.remove(at: $0).id } ?? lastID
        rules.append((id, pattern, behavior))
        return id
    }

    /// The behavior of a container; the rules that are for it join `concerned`.
    func behavior(
        of subject: BehaviorSubject, concerned: inout Set<RuleID>
    ) -> ContainerBehavior {
        var result = ContainerBehavior()
        for rule in rules where rule.pattern.matches(subject) {
            if !concerned.contains(rule.id) { concerned.insert(rule.id) }
            result.overlay(rule.behavior)
        }
        return result
    }

    /// The rules that are not among those that concerned a container.
    func rules(without concerned: Set<RuleID>) -> [(id: RuleID, pattern: BehaviorPattern)] {
        rules.filter { !concerned.contains($0.id) }.map { ($0.id, $0.pattern) }
    }
}
