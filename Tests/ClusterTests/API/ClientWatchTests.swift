import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("watches of clients")
struct ClientWatchTests {
    private let cluster = SimulatedCluster()
    private let label: Value = [.metadata: [.labels: ["app": "web"]]]

    private func create(_ name: String, _ value: Value = .emptyObject) throws {
        var object = value
        object[.metadata][.name] = Value(name)
        _ = try cluster.create(
            .configMap, namespace: "default", object, options: WriteOptions())
    }

    private func patch(_ name: String, _ patch: Value) throws {
        _ = try cluster.patch(
            .configMap, namespace: "default", name: name, .merge(patch), subresource: .none,
            options: WriteOptions())
    }

    private func delete(_ name: String) throws {
        _ = try cluster.delete(
            .configMap, namespace: "default", name: name, options: .background)
    }

    /// What a watch of `target` tells while `work` is done: "ADDED a", in order.
    private func told(
        _ target: WatchTarget, after version: Int? = nil, _ work: () throws -> Void = {}
    ) throws -> [String] {
        var lines: [String] = []
        let watch = try cluster.watch(target, after: version) { event in
            lines.append("\(event.type.rawValue) \(event.object[.metadata].text(.name))")
        }
        defer { watch.stop() }
        try work()
        return lines
    }

    @Test("a watch with a selector sees objects come and go")
    func selector() throws {
        let selector = try LabelSelector(parsing: "app=web")
        let target = WatchTarget(
            .configMap, namespace: "default", options: ListOptions(labels: selector))
        let lines = try told(target) {
            try create("a")
            try patch("a", label)
            try patch("a", ["data": ["x": "1"]])
            try patch("a", [.metadata: [.labels: ["app": .null]]])
            try delete("a")
        }
        #expect(lines == ["ADDED a", "MODIFIED a", "DELETED a"])
    }

    @Test("a watch of a name or namespace is told of nothing else")
    func names() throws {
        let work = {
            try create("a")
            try create("b")
        }
        #expect(
            try told(WatchTarget(.configMap, namespace: "default", name: "b"), work) == ["ADDED b"])
        #expect(
            try told(WatchTarget(.configMap, namespace: "kube-system")) { try delete("a") } == [])
        #expect(try told(WatchTarget(.secret, namespace: nil)) { try delete("b") } == [])
    }

    @Test("a watch goes on from a list: what came between is told, and nothing twice")
    func goesOn() throws {
        try create("a")
        let list = try cluster.list(.configMap, namespace: "default", options: ListOptions())
        try create("b")
        let target = WatchTarget(.configMap, namespace: "default")
        let lines = try told(target, after: list.resourceVersion) { try delete("b") }
        #expect(lines == ["ADDED b", "DELETED b"])
    }

    @Test("changes that are not kept any more end in Expired")
    func expired() throws {
        var options = ClusterOptions()
        options.limits.logRetention = 3
        let cluster = SimulatedCluster(options: options)
        // Whatever the views needed of the log is forgotten once they have it.
        try cluster.advance(by: 60_000)
        for number in 0..<10 {
            let object: Value = [.metadata: [.name: Value("c\(number)")]]
            _ = try cluster.create(
                .configMap, namespace: "default", object, options: WriteOptions())
            try cluster.advance(by: 1_000)
        }
        do throws(APIError) {
            _ = try cluster.watch(WatchTarget(.configMap, namespace: nil), after: 1) { _ in }
            Issue.record("a watch from the beginning was granted")
        } catch {
            #expect(error.reason == .expired)
            #expect(error.message.hasPrefix("too old resource version: 1 ("))
        }
    }

    @Test("a watch can be stopped by what it is told, and tells no more")
    func stops() throws {
        var count = 0
        var watch: (any Watch)?
        watch = try cluster.watch(WatchTarget(.configMap, namespace: nil), after: nil) { _ in
            count += 1
            watch?.stop()
        }
        try create("a")
        try create("b")
        watch?.stop()
        #expect(count == 1)
    }

    @Test("an event carries the version after the write")
    func version() throws {
        var versions: [Int] = []
        let watch = try cluster.watch(
            WatchTarget(.configMap, namespace: nil), after: nil
        ) { event in
            versions.append(Int(event.object[.metadata].text(.resourceVersion)) ?? 0)
        }
        defer { watch.stop() }
        try create("a")
        #expect(versions == [cluster.log.head])
    }
}
