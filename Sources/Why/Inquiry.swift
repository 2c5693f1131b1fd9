import API
import Cluster
import Model
import Support
import Value
import Verbs

/// One question at work: the world as explanations read it, and how they name things.
///
/// Reads only. What several explainers need of all pods is looked up once.
final class Inquiry {
    let cluster: SimulatedCluster
    let question: WhyQuestion
    let state: ClusterState
    /// What is being explained, outermost first: nothing is its own cause.
    private var open: [String] = []
    private lazy var podsByController = controlledPods()
    /// What was found of pods that no node can take: those that are alike have the same answer.
    private var placements: [(likeness: Value, study: PlacementStudy, hints: [Finding.Hint])] = []

    init(_ cluster: SimulatedCluster, _ question: WhyQuestion) {
        self.cluster = cluster
        self.question = question
        state = cluster.state
    }

    var now: Milliseconds { cluster.clock.now }
    var kinds: KindRegistry { cluster.kinds }

    // MARK: Names

    /// "pod/web-0", with the namespace where it is not the one in force.
    func name(_ kind: Kind, _ name: String, in namespace: String = "") -> String {
        let text = "\(kinds[kind].singular)/\(name)"
        return namespace.isEmpty || namespace == question.namespace
            ? text : "\(text) in \(namespace)"
    }

    func name(_ object: StoredObject) -> String {
        name(object.kind, object.name, in: object.namespace)
    }

    /// A command as somebody in the namespace in force types it.
    func command(_ text: String, in namespace: String) -> String {
        namespace.isEmpty || namespace == question.namespace ? text : "\(text) -n \(namespace)"
    }

    /// "pod/web-0, pod/web-1 and 3 more".
    func list(_ names: [String], most: Int = 3) -> String {
        guard names.count > most else { return names.joined(separator: ", ") }
        return names.prefix(most).joined(separator: ", ") + " and \(names.count - most) more"
    }

    // MARK: Times

    /// The virtual time of a field that holds one.
    func time(_ value: Value) -> Milliseconds? { Timestamp(value)?.worldTime }

    /// "12s": how long ago.
    func age(_ instant: Milliseconds) -> String { Self.text(max(now - instant, 0)) }

    static func text(_ time: Milliseconds) -> String { WhyText.duration(time) }

    /// "1 pod", "3 pods".
    func count(_ number: Int, _ kind: Kind) -> String {
        "\(number) \(number == 1 ? kinds[kind].singular : kinds[kind].plural)"
    }

    func created(_ object: StoredObject) -> Milliseconds? {
        time(object.value[.metadata][.creationTimestamp])
    }

    // MARK: Objects

    func get(_ kind: Kind, _ name: String, in namespace: String = "") -> StoredObject? {
        state.get(kind, namespace: namespace, name: name)
    }

    /// The pods whose controller is `owner`, by name.
    func pods(of owner: StoredObject) -> [StoredObject] { podsByController[owner.uid] ?? [] }

    private func controlledPods() -> [String: [StoredObject]] {
        var found: [String: [StoredObject]] = [:]
        for pod in state.list(.pod) {
            guard let owner = pod.controllerUID else { continue }
            found[owner, default: []].append(pod)
        }
        return found
    }

    /// The objects of a kind that `owner` controls, by name.
    func controlled(_ kind: Kind, by owner: StoredObject) -> [StoredObject] {
        state.list(kind, namespace: owner.namespace) { $0.isControlled(by: owner.uid) }
    }

    /// The controller of an object, the controller of that, and so on.
    func controllers(of object: StoredObject) -> [StoredObject] {
        var found: [StoredObject] = []
        var next = controller(of: object)
        while let owner = next, found.count < 8 {
            found.append(owner)
            next = controller(of: owner)
        }
        return found
    }

    func controller(of object: StoredObject) -> StoredObject? {
        guard let reference = object.controllerReference else { return nil }
        let kind = try? kinds.kind(
            apiVersion: reference.text(.apiVersion), name: reference.text(.kind)
        ).get()
        guard let kind else { return nil }
        let owner = get(
            kind, reference.text(.name), in: kinds[kind].isNamespaced ? object.namespace : "")
        return owner?.uid == reference.text(.uid) ? owner : nil
    }

    /// The latest warning about an object for one of the reasons; nil without one.
    func warning(_ object: StoredObject, _ reasons: String...) -> EventNote? {
        cluster.events(about: object).last { $0.isWarning && reasons.contains($0.reason) }
    }

    // MARK: Placing

    /// What is known of a pod that asks for the same.
    func placement(of likeness: Value) -> (study: PlacementStudy, hints: [Finding.Hint])? {
        placements.first { $0.likeness == likeness }.map { ($0.study, $0.hints) }
    }

    func note(_ study: PlacementStudy, _ hints: [Finding.Hint], of likeness: Value) {
        if placements.count < 16 { placements.append((likeness, study, hints)) }
    }

    // MARK: Explaining

    /// What is to be said of an object.
    func explain(_ object: StoredObject) -> Finding {
        let name = name(object)
        guard !open.contains(name), open.count < 6 else {
            return Finding(name, "is told of above", state: .waiting)
        }
        open.append(name)
        defer { open.removeLast() }
        if object.isDeleting { return Leaving.explain(object, self) }
        for explainer in ExplainerRegistry.all where explainer.kinds.contains(object.kind) {
            return explainer.explain(object, self)
        }
        return PlainObject.explain(object, self)
    }

    /// The findings about the objects that are not as they are meant to be, those that say the same
    /// together, at most `most` of them.
    func troubles(_ objects: [StoredObject], most: Int = 3) -> [Finding] {
        var found: [Finding] = []
        var alike: [String: Int] = [:]
        var more: [Int: Int] = [:]
        var passed = 0
        // A thousand pods of one template need not be looked at one by one.
        for object in objects.prefix(200) {
            let finding = explain(object)
            if finding.isFine { continue }
            let key = finding.alikeness(of: object.name)
            if let place = alike[key] {
                more[place, default: 0] += 1
            } else if found.count < most {
                alike[key] = found.count
                found.append(finding)
            } else {
                passed += 1
            }
        }
        for place in found.indices {
            if let count = more[place] { found[place].detail += " (and \(count) more like it)" }
        }
        if passed > 0 { found.append(Finding(remark: "and \(passed) more")) }
        return found
    }
}

extension Finding {
    /// What two findings have in common that say the same of different objects.
    fileprivate func alikeness(of name: String) -> String {
        let words = [text, detail] + because.map { "\($0.text) \($0.detail)" }
        let rows = table?.rows.map { $0.joined(separator: " ") } ?? []
        return (words + rows).joined(separator: "\n").split(separator: name).joined(separator: "*")
    }
}

/// Explains objects of some kinds: one subject, one row of ``ExplainerRegistry``.
protocol Explainer: SendableMetatype {
    static var kinds: [Kind] { get }

    /// What is to be said of an object that nobody deletes.
    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding
}

/// The explainers: the one place where they are listed.
enum ExplainerRegistry {
    // tidy: lists ^enum (\w+): Explainer\b of Sources/Why

    static let all: [any Explainer.Type] = [
        PodExplainer.self, DeploymentExplainer.self, ReplicaSetExplainer.self,
        StatefulSetExplainer.self, DaemonSetExplainer.self, JobExplainer.self,
        CronJobExplainer.self, AutoscalerExplainer.self, BudgetExplainer.self,
        QuotaExplainer.self, NamespaceExplainer.self, ServiceExplainer.self, NodeExplainer.self,
        ClaimExplainer.self, VolumeExplainer.self,
    ]
}
