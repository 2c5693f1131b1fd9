import Model
import Support
import Value

@testable import Cluster

/// A whole world with one node, and short ways to ask what its kubelet made of a pod.
struct PodWorld {
    let world: WholeWorld

    /// Ten seconds of age, so that the nodes are ready: times are told from then on.
    init(nodes: Int = 1) throws {
        world = try WholeWorld(nodes: nodes)
        try advance(10)
    }

    var cluster: SimulatedCluster { world.cluster }

    /// Creates a pod with this spec; containers without name or image are `main` of `app:1`.
    @discardableResult
    func run(_ name: String, _ spec: Value, labels: Value = .null) throws -> StoredObject {
        try world.create(.pod, WholeWorld.pod(name, labels: labels, image: "app:1", spec: spec))
    }

    func behave(_ image: String = "app:1", _ change: (inout ContainerBehavior) -> Void) {
        var behavior = ContainerBehavior()
        change(&behavior)
        cluster.behaviors.add(BehaviorPattern(image: image), behavior)
    }

    func advance(_ seconds: Double) throws {
        _ = try cluster.advance(by: Milliseconds(seconds * 1_000))
    }

    func status(_ name: String) throws -> Value { try world.found(.pod, name).value[.status] }

    /// The status of a container, init or not.
    func container(_ pod: String, _ name: String = "main") throws -> Value {
        let status = try status(pod)
        let all = status[.initContainerStatuses].elements + status[.containerStatuses].elements
        return all.first { $0.text(.name) == name } ?? .null
    }

    /// "waiting CrashLoopBackOff", "running", "terminated Error 3".
    func state(_ pod: String, _ name: String = "main") throws -> String {
        Self.text(try container(pod, name)[.state])
    }

    static func text(_ state: Value) -> String {
        if !state[.running].isNull { return "running" }
        let end = state[.terminated]
        if !end.isNull { return "terminated \(end.text(.reason)) \(end.int(.exitCode))" }
        return "waiting \(state[.waiting].text(.reason))"
    }

    /// `reason: message` of the pod's events with ` x3` for counts, in the order of their first time.
    func events(_ name: String, _ reasons: [String]? = nil) -> [String] {
        world.list(.event).filter {
            $0.value[.involvedObject].text(.name) == name
                && (reasons == nil || reasons!.contains($0.value.text(.reason)))
        }.sorted { $0.value[.metadata].text(.name) < $1.value[.metadata].text(.name) }.map {
            let count = $0.value.int(.count)
            return "\($0.value.text(.reason)): \($0.value.text(.message))"
                + (count > 1 ? " x\(count)" : "")
        }
    }

    /// What each write showed of a container, in seconds: `1.5 running`; repetitions are left out.
    func timeline(_ pod: String, _ name: String = "main") -> [String] {
        var result: [String] = []
        var last = ""
        for change in cluster.log.changes(after: 0) {
            guard change.kind == .pod, change.object.name == pod, let new = change.new else {
                continue
            }
            let status = new.value[.status]
            let all = status[.initContainerStatuses].elements + status[.containerStatuses].elements
            guard let found = all.first(where: { $0.text(.name) == name }) else { continue }
            let text = Self.text(found[.state])
            if text != last { result.append("\(Self.seconds(change.time)) \(text)") }
            last = text
        }
        return result
    }

    private static func seconds(_ time: Milliseconds) -> Double { Double(time / 100 - 100) / 10 }

    /// The phases that the pod went through.
    func phases(_ pod: String) -> [String] {
        var result: [String] = []
        for change in cluster.log.changes(after: 0) {
            guard change.kind == .pod, change.object.name == pod, let new = change.new else {
                continue
            }
            let phase = new.value[.status].text(.phase)
            if result.last != phase { result.append(phase) }
        }
        return result
    }

    /// When the pod's object went, in seconds.
    func goneAt(_ pod: String) -> Double? {
        cluster.log.changes(after: 0).last {
            $0.kind == .pod && $0.object.name == pod && $0.type == .deleted
        }.map { Self.seconds($0.time) }
    }

    func condition(_ pod: String, _ type: String) throws -> Condition? {
        world.condition(try world.found(.pod, pod), type)
    }
}
