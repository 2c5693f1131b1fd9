import Testing

@testable import Value

@Suite("field paths")
struct FieldPathTests {
    static let pod: Value = [
        "metadata": ["labels": ["app": "web", "a/b": "slash"]],
        "spec": [
            "replicas": nil,
            "containers": [
                ["name": "web", "image": "nginx", "ports": [["containerPort": 80]]],
                ["name": "side car", "image": "envoy"],
            ],
        ],
    ]

    @Test(
        "a path reads what it names",
        arguments: [
            (".metadata.labels.app", "web"), (#".metadata.labels["a/b"]"#, "slash"),
            (".metadata.labels['a/b']", "slash"), (".spec.containers[0].image", "nginx"),
            (".spec.containers[-1].image", "envoy"), (".spec.containers[name=web].image", "nginx"),
            (#".spec.containers[name="side car"].image"#, "envoy"),
            (".spec.containers[0].ports[containerPort=80].containerPort", 80),
            (".spec.containers[*].image", ["nginx", "envoy"]),
            (".spec.containers[name=web,image=nginx].name", "web"),
            (".spec.containers[2]", nil), (".spec.containers[-3]", nil),
            (".spec.nothing.at.all", nil),
            (".spec.containers.name", nil), (".spec[0]", nil), ("metadata.labels.app", "web"),
            (".metadata.labels[*]", ["web", "slash"]), (".spec.containers[name=no]", nil),
        ] as [(String, Value)])
    func reads(path: String, value: Value) throws {
        #expect(try Self.pod[FieldPath(parsing: path)] == value)
    }

    @Test("an explicit null is found, an absent field is not")
    func absence() throws {
        #expect(try Self.pod.find(FieldPath(parsing: ".spec.replicas")) == .some(.null))
        #expect(try Self.pod.find(FieldPath(parsing: ".spec.paused")) == .none)
        #expect(Self.pod[.root] == Self.pod)
    }

    @Test(
        "the text of a path reads back as the path",
        arguments: [
            ".", ".spec.replicas", ".a-b.c_d", #"["a/b"].x"#, ".items[0][1][-1][*]",
            ".containers[name=web]", #".c[name="side car",port=80]"#, #"["\"quote\""]"#,
            ".conditions[type=Available].status", #"[""]"#, #".x["1"]"#, #".x["a/b"="c]"]"#,
        ])
    func text(text: String) throws {
        #expect(try FieldPath(parsing: text).text == text)
    }

    @Test("the API server's form has no leading point and no quotes")
    func apiText() throws {
        let path = try FieldPath(parsing: #".metadata.labels["a/b"].x[2].y[name=web]"#)
        #expect(path.apiText == "metadata.labels[a/b].x[2].y[name=web]")
    }

    @Test(
        "what is no path is refused with the place",
        arguments: [
            (".spec..x", "expected the name of a field", 6),
            (".spec.", "expected the name of a field", 6),
            (".a[", "expected an index, '*', a quoted name or key=value behind '['", 3),
            (".a[x]", "expected an index, '*', a quoted name or key=value behind '['", 4),
            (".a[0", "expected ']'", 4), (".a[name=]", "expected a value behind '='", 8),
            (".a[\"x]", "this string does not end, or has a bad escape", 3),
            (".a b", "expected '.' or '[', found ' '", 2), ("", "", -1),
            (
                ".a[99999999999999999999]",
                "expected an index, '*', a quoted name or key=value behind '['", 23
            ),
        ])
    func refuses(text: String, message: String, offset: Int) throws {
        guard offset >= 0 else {
            #expect(try FieldPath(parsing: text).isRoot)
            return
        }
        let error = #expect(throws: FieldPathError.self) { try FieldPath(parsing: text) }
        #expect(error?.message == message)
        #expect(error?.offset == offset)
    }
}
