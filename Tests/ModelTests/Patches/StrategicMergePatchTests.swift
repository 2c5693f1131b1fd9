import Support
import Testing
import Value

@testable import Model

@Suite struct StrategicMergePatchTests {
    private let deployment = FieldFacts.root(of: .deployment)
    private let podSpec = FieldFacts.podSpec

    private func json(_ text: String) throws -> Value { try JSON.parse(text) }

    private func apply(_ patch: String, to target: String, _ type: TypeFacts?) throws -> String {
        JSON.text(
            try StrategicMergePatch.apply(json(patch), to: json(target), type: type),
            style: .canonical)
    }

    @Test(arguments: [
        // Lists of containers merge by name, new ones go to the end.
        (
            #"{"containers":[{"name":"b","image":"2"},{"name":"c"}]}"#,
            #"{"containers":[{"name":"a"},{"name":"b","image":"1","tty":true}]}"#,
            #"{"containers":[{"name":"a"},{"image":"2","name":"b","tty":true},{"name":"c"}]}"#
        ),
        // A null deletes, also inside what is new.
        (
            #"{"nodeSelector":{"a":null,"b":"2"},"affinity":{"podAffinity":null}}"#,
            #"{"nodeSelector":{"a":"1"}}"#, #"{"affinity":{},"nodeSelector":{"b":"2"}}"#
        ),
        // Atomic lists are replaced whole.
        (
            #"{"tolerations":[{"key":"b"}]}"#, #"{"tolerations":[{"key":"a"}]}"#,
            #"{"tolerations":[{"key":"b"}]}"#
        ),
        (
            #"{"containers":[{"$patch":"delete","name":"a"}]}"#,
            #"{"containers":[{"name":"a"},{"name":"b"}]}"#, #"{"containers":[{"name":"b"}]}"#
        ),
        (
            #"{"containers":[{"$patch":"replace"},{"name":"z"}]}"#,
            #"{"containers":[{"name":"a"},{"name":"b"}]}"#, #"{"containers":[{"name":"z"}]}"#
        ),
        (
            #"{"nodeSelector":{"$patch":"replace","x":"y"}}"#, #"{"nodeSelector":{"a":"1"}}"#,
            #"{"nodeSelector":{"x":"y"}}"#
        ),
        (
            #"{"nodeSelector":{"$patch":"delete"}}"#, #"{"nodeSelector":{"a":"1"}}"#,
            #"{"nodeSelector":{}}"#
        ),
        // The order that the patch asks for; what it does not name keeps its place.
        (
            #"{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[{"name":"c"}]}"#,
            #"{"containers":[{"name":"a"},{"name":"b"}]}"#,
            #"{"containers":[{"name":"c"},{"name":"a"},{"name":"b"}]}"#
        ),
        // A volume changes its source: only the named keys stay.
        (
            #"{"volumes":[{"$retainKeys":["name","hostPath"],"name":"v","hostPath":{"path":"/"}}]}"#,
            #"{"volumes":[{"name":"v","emptyDir":{}}]}"#,
            #"{"volumes":[{"hostPath":{"path":"/"},"name":"v"}]}"#
        ),
    ])
    func `a patch of a pod's spec`(patch: String, target: String, result: String) throws {
        #expect(try apply(patch, to: target, podSpec) == result)
    }

    @Test func `scalars of a set are added and deleted`() throws {
        #expect(
            try apply(
                #"{"$deleteFromPrimitiveList/finalizers":["a"],"finalizers":["b","c"]}"#,
                to: #"{"finalizers":["a","b"]}"#, FieldFacts.objectMeta)
                == #"{"finalizers":["b","c"]}"#)
    }

    @Test func `an element without its key is refused in upstream's words`() {
        #expect(
            throws: StrategicMergeError(
                "map: map[image:nginx] does not contain declared merge key: name")
        ) {
            try apply(
                #"{"containers":[{"image":"nginx"}]}"#, to: #"{"containers":[{"name":"a"}]}"#,
                podSpec)
        }
        #expect(throws: StrategicMergeError("unknown patch type: merge in map: map[$patch:merge]"))
        {
            try apply(#"{"$patch":"merge"}"#, to: "{}", podSpec)
        }
    }

    @Test func `apply changes what the manifest says and keeps what others wrote`() throws {
        let original = try json(
            """
            {"spec":{"replicas":3,"paused":true,"template":{"metadata":{"labels":{"a":"1","b":"2"}},
            "spec":{"containers":[{"name":"web","image":"x:1"},{"name":"old","image":"y"}]}}}}
            """)
        let modified = try json(
            """
            {"spec":{"replicas":3,"template":{"metadata":{"labels":{"a":"1"}},
            "spec":{"containers":[{"name":"web","image":"x:2"}]}}}}
            """)
        let current = try json(
            """
            {"metadata":{"uid":"u"},"spec":{"replicas":5,"paused":true,"revisionHistoryLimit":10,
            "template":{"metadata":{"labels":{"a":"1","b":"2","c":"3"}},
            "spec":{"containers":[{"name":"web","image":"x:1","tty":true},
            {"name":"old","image":"y"},{"name":"sidecar","image":"z"}]}}}}
            """)
        let patch = try StrategicMergePatch.threeWay(
            original: original, modified: modified, current: current, type: deployment)
        #expect(
            JSON.text(patch, style: .canonical)
                == #"{"spec":{"paused":null,"replicas":3,"template":{"metadata":{"labels":"#
                + #"{"b":null}},"spec":{"$setElementOrder/containers":[{"name":"web"}],"#
                + #""containers":[{"$patch":"delete","name":"old"},{"image":"x:2","name":"web"}]}}}}"#
        )
        let result = try StrategicMergePatch.apply(patch, to: current, type: deployment)
        #expect(
            JSON.text(result, style: .canonical)
                == #"{"metadata":{"uid":"u"},"spec":{"replicas":3,"revisionHistoryLimit":10,"#
                + #""template":{"metadata":{"labels":{"a":"1","c":"3"}},"spec":{"containers":"#
                + #"[{"image":"x:2","name":"web","tty":true},{"image":"z","name":"sidecar"}]}}}}"#)
    }

    @Test func `a changed strategy drops what it does not need`() throws {
        let original = try json(
            #"{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}"#)
        let modified = try json(#"{"spec":{"strategy":{"type":"Recreate"}}}"#)
        let current = try json(
            """
            {"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,
            "maxUnavailable":"25%"}}}}
            """)
        let patch = try StrategicMergePatch.threeWay(
            original: original, modified: modified, current: current, type: deployment)
        let result = try StrategicMergePatch.apply(patch, to: current, type: deployment)
        #expect(result == modified)
    }

    @Test func `what others added stands where upstream leaves it when items go and come`() throws {
        func spec(_ names: String...) -> Value {
            let list = names.map { [.name: Value($0), .value: "v"] as Value }
            let container: Value = [.name: "c", .env: .array(list)]
            return [.spec: [.template: [.spec: [.containers: [container]]]]]
        }
        let patch = try StrategicMergePatch.threeWay(
            original: spec("A", "B"), modified: spec("B", "C"), current: spec("A", "B", "MINE"),
            type: deployment)
        let result = try StrategicMergePatch.apply(
            patch, to: spec("A", "B", "MINE"), type: deployment)
        #expect(result == spec("B", "MINE", "C"))
        let added = try StrategicMergePatch.threeWay(
            original: spec("A"), modified: spec("A", "C"), current: spec("A", "MINE"),
            type: deployment)
        #expect(
            try StrategicMergePatch.apply(added, to: spec("A", "MINE"), type: deployment)
                == spec("A", "C", "MINE"))
    }

    @Test func `of a key that stands twice and is taken away once both go`() throws {
        func spec(_ names: String...) -> Value {
            let list = names.map { [.name: Value($0), .value: "v"] as Value }
            let container: Value = [.name: "c", .env: .array(list)]
            return [.spec: [.template: [.spec: [.containers: [container]]]]]
        }
        let twice = spec("REGION", "MODE", "LEVEL", "MODE")
        let patch = try StrategicMergePatch.threeWay(
            original: twice, modified: spec("REGION", "MODE", "LEVEL"), current: twice,
            type: deployment)
        let result = try StrategicMergePatch.apply(patch, to: twice, type: deployment)
        #expect(result == spec("REGION", "LEVEL"))
        let same = try StrategicMergePatch.threeWay(
            original: twice, modified: twice, current: twice, type: deployment)
        #expect(same == .emptyObject)
    }

    @Test func `the first apply of a live object only adds`() throws {
        let live = try json(#"{"spec":{"replicas":1,"paused":true}}"#)
        let patch = try StrategicMergePatch.threeWay(
            original: .null, modified: json(#"{"spec":{"replicas":2}}"#), current: live,
            type: deployment)
        #expect(patch == [.spec: [.replicas: 2]])
    }

    @Test func `without facts lists are replaced and deletions still follow the last manifest`()
        throws
    {
        let patch = StrategicMergePatch.threeWayJSON(
            original: try json(#"{"spec":{"a":1,"b":{"x":1},"l":[1]}}"#),
            modified: try json(#"{"spec":{"b":{},"l":[2],"n":{"k":1}}}"#),
            current: try json(#"{"spec":{"a":1,"b":{"x":1,"y":2},"l":[1],"z":0}}"#))
        #expect(
            JSON.text(patch, style: .canonical)
                == #"{"spec":{"a":null,"b":{"x":null},"l":[2],"n":{"k":1}}}"#)
    }

    /// A pod spec drawn from few names and values, so that pairs overlap in every way.
    private func randomSpec(_ random: inout RandomStream) -> Value {
        var spec = Value.emptyObject
        if random.below(2) == 0 { spec[.hostname] = Value("h\(random.below(3))") }
        if random.below(2) == 0 {
            spec[.nodeSelector] = [Key("k\(random.below(3))"): Value("v\(random.below(3))")]
        }
        var names = (0..<4).map { "c\($0)" }
        var containers: [Value] = []
        for _ in 0..<random.below(4) {
            let name = names.remove(at: random.below(names.count))
            var container: Value = [.name: Value(name)]
            if random.below(2) == 0 { container[.image] = Value("i\(random.below(3))") }
            if random.below(2) == 0 { container[.args] = [Value("a\(random.below(2))"), "b"] }
            containers.append(container)
        }
        if !containers.isEmpty { spec[.containers] = .array(containers) }
        if random.below(2) == 0 {
            let source: Key = random.below(2) == 0 ? .emptyDir : .hostPath
            spec[.volumes] = [[.name: "v", source: [.path: "p"]]]
        }
        return spec
    }

    @Test func `applying a difference gives the new object`() throws {
        var random = RandomStream(seed: 7)
        for _ in 0..<500 {
            let old = randomSpec(&random)
            let new = randomSpec(&random)
            let patch = StrategicMergePatch.diff(from: old, to: new, type: podSpec)
            let result = try StrategicMergePatch.apply(patch, to: old, type: podSpec)
            // Where all elements of a list go, an empty list remains.
            var expected = new
            if new[.containers].isNull, result[.containers] == [] { expected[.containers] = [] }
            #expect(
                result == expected,
                "\(JSON.text(old)) → \(JSON.text(new)) by \(JSON.text(patch))")
        }
    }

    @Test func `a second apply of the same manifest has nothing to do`() throws {
        var random = RandomStream(seed: 8)
        for _ in 0..<500 {
            let original = randomSpec(&random)
            let modified = randomSpec(&random)
            let current = try StrategicMergePatch.apply(
                randomSpec(&random), to: original, type: podSpec)
            let patch = try StrategicMergePatch.threeWay(
                original: original, modified: modified, current: current, type: podSpec)
            let live = try StrategicMergePatch.apply(patch, to: current, type: podSpec)
            let again = try StrategicMergePatch.threeWay(
                original: modified, modified: modified, current: live, type: podSpec)
            let settled = try StrategicMergePatch.apply(again, to: live, type: podSpec)
            #expect(settled == live)
        }
    }
}
