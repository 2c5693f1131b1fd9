import Support
import Testing

@testable import Value

@Suite("patches and differences")
struct PatchTests {
    @Test(
        "a JSON patch does what RFC 6902 says",
        arguments: [
            // The examples of RFC 6902, appendix A.
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#,
                #"{"baz":"qux","foo":"bar"}"#
            ),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
            (
                #"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#,
                #"{"foo":["bar","baz"]}"#
            ),
            (
                #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
                #"{"baz":"boo","foo":"bar"}"#
            ),
            (
                #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
                #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
                #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
            ),
            (
                #"{"foo":["all","grass","cows","eat"]}"#,
                #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
                #"{"foo":["all","cows","eat","grass"]}"#
            ),
            (
                #"{"baz":"qux","foo":["a",2,"c"]}"#,
                #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
                #"{"baz":"qux","foo":["a",2,"c"]}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
                #"{"child":{"grandchild":{}},"foo":"bar"}"#
            ),
            (
                #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#,
                #"{"/":9,"~1":10}"#
            ),
            (
                #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
                #"{"foo":["bar",["abc","def"]]}"#
            ),
            // Beyond the appendix.
            (#"{"a":1}"#, #"[{"op":"add","path":"/a","value":null}]"#, #"{"a":null}"#),
            (#"{"a":1}"#, #"[{"op":"replace","path":"","value":[1]}]"#, "[1]"),
            (
                #"{"a":{"b":1}}"#,
                #"[{"op":"copy","from":"/a","path":"/c"},{"op":"remove","path":"/a/b"}]"#,
                #"{"a":{},"c":{"b":1}}"#
            ),
            (#"{"a":[1,2,3]}"#, #"[{"op":"remove","path":"/a/-1"}]"#, #"{"a":[1,2]}"#),
            (#"{"a~b":{"c/d":1}}"#, #"[{"op":"remove","path":"/a~0b/c~1d"}]"#, #"{"a~b":{}}"#),
            (#"{"":1}"#, #"[{"op":"replace","path":"/","value":2}]"#, #"{"":2}"#),
            (#"{}"#, #"[{"op":"test","path":"/gone","value":null}]"#, "{}"),
            (
                #"{"a":[[1],[2]]}"#, #"[{"op":"add","path":"/a/1/0","value":0}]"#,
                #"{"a":[[1],[0,2]]}"#
            ),
        ])
    func jsonPatch(document: String, patch: String, result: String) throws {
        let patch = try JSONPatch(JSON.parse(patch))
        #expect(try patch.apply(to: JSON.parse(document)) == JSON.parse(result))
    }

    @Test(
        "a JSON patch that does not apply says why, in the server's words",
        arguments: [
            (
                #"[{"op":"remove","path":"/spec/nothing"}]"#,
                "error in remove for path: '/spec/nothing': Unable to remove nonexistent key: nothing: missing value"
            ),
            (
                #"[{"op":"remove","path":"/no/x"}]"#,
                "remove operation does not apply: doc is missing path: \"/no/x\": missing value"
            ),
            (
                #"[{"op":"add","path":"/no/x","value":1}]"#,
                "add operation does not apply: doc is missing path: \"/no/x\": missing value"
            ),
            (
                #"[{"op":"replace","path":"/spec/x","value":1}]"#,
                "replace operation does not apply: doc is missing key: /spec/x: missing value"
            ),
            (
                #"[{"op":"test","path":"/spec/n","value":9}]"#,
                "testing value /spec/n failed: test failed"
            ),
            (#"[{"op":"frob","path":"/spec/n"}]"#, "Unexpected kind: frob"),
            (
                #"[{"op":"add","path":"/list/9","value":1}]"#,
                "error in add for path: '/list/9': Unable to access invalid index: 9: invalid index referenced"
            ),
            (
                #"[{"op":"add","path":"/list/x","value":1}]"#,
                "error in add for path: '/list/x': value was not a proper array index: 'x': "
                    + "strconv.Atoi: parsing \"x\": invalid syntax"
            ),
            (#"[{"op":"add","path":"/a"}]"#, "add operation failed to decode value: missing value"),
            (#"[{"op":"add","value":1}]"#, "add operation failed to decode path: missing value"),
            (
                #"[{"op":"move","path":"/a"}]"#,
                "move operation failed to decode from: missing value"
            ),
            (
                #"[{"op":"move","from":"/x/y","path":"/a"}]"#,
                "move operation does not apply: doc is missing from path: /x/y: missing value"
            ),
            (
                #"[{"op":"copy","from":"/spec","path":"/x/y"}]"#,
                "copy operation does not apply: doc is missing destination path: /x/y: missing value"
            ),
            (
                #"[{"op":"add","path":"/spec/n/deep","value":1}]"#,
                "add operation does not apply: doc is missing path: \"/spec/n/deep\": missing value"
            ),
            (
                #"{"op":"add"}"#,
                "json: cannot unmarshal object into Go value of type jsonpatch.Patch"
            ),
            ("[1]", "json: cannot unmarshal number into Go value of type jsonpatch.Patch"),
        ])
    func jsonPatchErrors(patch: String, message: String) {
        let document: Value = ["spec": ["n": 1], "list": [1, 2]]
        let error = #expect(throws: JSONPatchError.self) {
            try JSONPatch(JSON.parse(patch)).apply(to: document)
        }
        #expect(error?.message == message)
    }

    @Test("a patch that fails half-way leaves the document alone")
    func atomicity() throws {
        let document: Value = ["a": ["b": 1]]
        let patch = JSONPatch([
            .init("add", path: "/a/c", value: 2), .init("remove", path: "/a/zzz"),
        ])
        #expect(throws: JSONPatchError.self) { try patch.apply(to: document) }
        #expect(document == ["a": ["b": 1]])
    }

    @Test(
        "a merge patch does what RFC 7386 says",
        arguments: [
            // The test cases of RFC 7386, appendix A.
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
            (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, "{}"),
            (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
            (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
            (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
            (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
            (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ])
    func mergePatch(target: String, patch: String, result: String) throws {
        let patched = MergePatch.apply(try JSON.parse(patch), to: try JSON.parse(target))
        #expect(try patched == JSON.parse(result))
    }

    @Test("apply(diff(a, b), a) is b, for both kinds of patch and many random pairs")
    func diffRoundTrip() throws {
        var random = ValueGenerator(seed: 11)
        for _ in 0..<1500 {
            let old = Value.object(random.object(depth: 4))
            let new = random.mutation(of: old, depth: 4)
            #expect(try JSONPatch.diff(from: old, to: new).apply(to: old) == new)
            let plainOld = old.withoutNulls
            let plainNew = new.withoutNulls
            let patch = MergePatch.diff(from: plainOld, to: plainNew)
            #expect(MergePatch.apply(patch, to: plainOld) == plainNew)
            #expect(MergePatch.diff(from: plainOld, to: plainOld) == [:])
            #expect(JSONPatch.diff(from: old, to: old).operations.isEmpty)
            // A patch survives its own text.
            let read = try JSONPatch(
                JSON.parse(JSON.text(JSONPatch.diff(from: old, to: new).value)))
            #expect(try read.apply(to: old) == new)
        }
    }

    @Test("a difference names the place, by merge key where the list has one")
    func differences() {
        let old: Value = [
            "spec": [
                "replicas": 2, "paused": true,
                "containers": [["name": "a", "image": "x:1"], ["name": "b", "image": "y"]],
                "args": ["one", "two", "three"],
            ]
        ]
        let new: Value = [
            "spec": [
                "replicas": 3,
                "containers": [["name": "c", "image": "z"], ["name": "a", "image": "x:2"]],
                "args": ["one", "new", "two", "three"],
                "more": ["k": 1],
            ]
        ]
        let keys: (FieldPath) -> [Key] = { $0.text == ".spec.containers" ? ["name"] : [] }
        #expect(
            Diff.differences(from: old, to: new, mergeKeys: keys).map(\.description) == [
                ".spec.replicas: 2 → 3",
                ".spec.paused: removed true",
                #".spec.containers[name=a].image: "x:1" → "x:2""#,
                #".spec.containers[name=b]: removed {"name":"b","image":"y"}"#,
                #".spec.containers[name=c]: added {"name":"c","image":"z"}"#,
                #".spec.args[1]: added "new""#,
                #".spec.more: added {"k":1}"#,
            ])
    }

    @Test("inside a keyed list the schema path carries [*]")
    func nestedKeys() {
        let keys: (FieldPath) -> [Key] = { path in
            [".c": ["name"], ".c[*].ports": ["port", "protocol"]][path.text] ?? []
        }
        let old: Value = ["c": [["name": "a", "ports": [["port": 1, "protocol": "TCP", "x": 1]]]]]
        let new: Value = ["c": [["name": "a", "ports": [["port": 1, "protocol": "TCP", "x": 2]]]]]
        #expect(
            Diff.differences(from: old, to: new, mergeKeys: keys).map(\.description)
                == [".c[name=a].ports[port=1,protocol=TCP].x: 1 → 2"])
    }

    @Test("elements without a unique key are compared by place")
    func duplicateKeys() {
        let old: Value = [["name": "a"], ["name": "a", "v": 1]]
        let new: Value = [["name": "a"], ["name": "a", "v": 2]]
        #expect(
            Diff.differences(from: old, to: new, mergeKeys: { _ in ["name"] }).map(\.description)
                == ["[1].v: 1 → 2"])
    }

    @Test("equal values have no differences, unequal ones at least one, each true of both")
    func differenceProperty() {
        var random = ValueGenerator(seed: 12)
        for _ in 0..<1000 {
            let old = Value.object(random.object(depth: 4))
            let new = random.mutation(of: old, depth: 4)
            let differences = Diff.differences(from: old, to: new)
            #expect(differences.isEmpty == (old == new))
            for difference in differences {
                #expect(difference.old != difference.new)
            }
        }
    }
}

extension ValueGenerator {
    /// A value near `value`: most of it is kept.
    mutating func mutation(of value: Value, depth: Int) -> Value {
        if number(below: 6) == 0 { return self.value(depth: depth) }
        switch value {
        case .object(let object):
            var result = Object()
            for field in object where number(below: 5) > 0 {
                result.set(field.key, to: mutation(of: field.value, depth: depth - 1))
            }
            if number(below: 3) == 0 { result.set(Key(key()), to: self.value(depth: 1)) }
            return .object(result)
        case .array(let values):
            var result: [Value] = []
            for element in values where number(below: 5) > 0 {
                result.append(mutation(of: element, depth: depth - 1))
            }
            if number(below: 3) == 0 {
                result.insert(self.value(depth: 1), at: number(below: result.count + 1))
            }
            return .array(result)
        default: return value
        }
    }
}

extension Value {
    /// The value without null fields, which a merge patch cannot express.
    var withoutNulls: Value {
        switch self {
        case .object(let object):
            var result = Object()
            for field in object where !field.value.isNull {
                result.set(field.key, to: field.value.withoutNulls)
            }
            return .object(result)
        case .array(let values): return .array(values.map(\.withoutNulls))
        default: return self
        }
    }
}
