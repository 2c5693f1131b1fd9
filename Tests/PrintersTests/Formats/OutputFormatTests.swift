import Testing
import Value

@testable import Printers

@Suite("output formats")
struct OutputFormatTests {
    private static let files = [
        "cc": "NAME  N\nmetadata.name .spec.n\n", "cc2": "NAME  N\nmetadata.name\n",
        "cc3": "NAME  N\n", "path": "{.kind}", "template": "{{.kind}}",
    ]

    private static func read(_ name: String) throws(FormatError) -> String {
        guard let text = files[name] else {
            throw FormatError("open \(name): no such file or directory")
        }
        return text
    }

    private static func output(
        _ argument: String, options: OutputFormat.Options = OutputFormat.Options()
    ) throws(FormatError) -> String {
        guard
            let format = try OutputFormat.parse(argument, options: options, readFile: read)
        else { return "table" }
        var printer = OutputPrinter(format)
        return try printer.print(FormatFixture.list)
    }

    @Test(
        "each argument of -o prints its format",
        arguments: [
            ("name", "pod/a\npod/b\npod/a10\n"), ("Name", "pod/a\npod/b\npod/a10\n"), ("", "table"),
            ("wide", "table"), ("jsonpath={.kind}", "List"), ("jsonpath-file=path", "List"),
            ("go-template={{.kind}}", "List"), ("template={{.kind}}", "List"),
            ("go-template-file=template", "List"), ("templatefile=template", "List"),
            ("jsonpath-as-json={.kind}", "[\n    \"List\"\n]\n"),
            ("custom-columns-file=cc", "NAME   N\na      5\nb      10\na10    9\n"),
            ("custom-columns=A:", "A\n<none>\n<none>\n<none>\n"),
            ("custom-columns=:.metadata.name", "\na\nb\na10\n"),
            (
                #"custom-columns=L:metadata.labels.a\.b/c,K:{.metadata.name},J:{metadata.name}"#,
                """
                L        K     J
                dotted   a     a
                <none>   b     b
                <none>   a10   a10

                """
            ),
            (
                "custom-columns=NAME:.metadata.name,L:.metadata.labels,C:.spec.containers[*].name,"
                    + "N:.spec.n,F:.spec.f,Z:.spec.z,T:.spec.t",
                """
                NAME   L                                C        N     F        Z        T
                a      map[a.b/c:dotted app:x rank:2]   c        5     1.5      <nil>    true
                b      map[app:x]                       c,d      10    <none>   <none>   <none>
                a10    <none>                           <none>   9     <none>   <none>   <none>

                """
            ),
        ])
    func prints(argument: String, text: String) throws {
        #expect(try Self.output(argument) == text)
    }

    @Test("json and yaml print the list sorted by key")
    func structured() throws {
        var json = OutputPrinter(.json)
        var yaml = OutputPrinter(.yaml)
        let object: Value = ["kind": "Pod", "apiVersion": "v1", "n": [1]]
        #expect(
            try json.print(object)
                == "{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"Pod\",\n    \"n\": [\n        1\n    ]\n}\n"
        )
        #expect(try yaml.print(object) == "apiVersion: v1\nkind: Pod\n\"n\":\n- 1\n")
        #expect(try yaml.print(object).hasPrefix("---\napiVersion"))
        #expect(
            try yaml.print(OutputPrinter.list(of: []))
                == "---\napiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n"
        )
    }

    @Test("managed fields are left out unless asked for")
    func managedFields() throws {
        let object: Value = ["kind": "Pod", "metadata": ["name": "a", "managedFields": [[:]]]]
        var printer = OutputPrinter(.yaml)
        #expect(try printer.print(object) == "kind: Pod\nmetadata:\n  name: a\n")
        var full = OutputPrinter(.yaml, showsManagedFields: true)
        #expect(try full.print(object).contains("managedFields"))
        var list = OutputPrinter(.yaml)
        #expect(try !list.print(OutputPrinter.list(of: [object])).contains("managedFields"))
    }

    @Test("--no-headers leaves the header out, and a header is printed once for several objects")
    func headers() throws {
        let columns = try CustomColumns("A:.n")
        var printer = OutputPrinter(.customColumns(columns))
        #expect(try printer.print(["n": 1]) == "A\n1\n")
        #expect(try printer.print(["n": 2]) == "2\n")
        let options = OutputFormat.Options(omitsHeaders: true)
        #expect(
            try Self.output("custom-columns=A:.metadata.name", options: options) == "a\nb\na10\n")
    }

    @Test("--template alone is a Go template, and goes with the name of a format")
    func templateFlag() throws {
        #expect(try Self.output("", options: .init(template: "{{.kind}}")) == "List")
        #expect(try Self.output("jsonpath", options: .init(template: "{.kind}")) == "List")
    }

    private static let allowed =
        "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,"
        + "jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml"

    @Test(
        "a format that is none is refused in kubectl's words",
        arguments: [
            (
                "nonsense",
                "unable to match a printer suitable for the output format \"nonsense\", allowed formats are: \(allowed)"
            ),
            (
                "yaml=x",
                "unable to match a printer suitable for the output format \"yaml=x\", allowed formats are: \(allowed)"
            ),
            ("jsonpath", "template format specified but no template given"),
            ("jsonpath=", "template format specified but no template given"),
            ("go-template", "template format specified but no template given"),
            ("template", "template format specified but no template given"),
            ("custom-columns", "custom-columns format specified but no custom columns given"),
            ("custom-columns-file=", "custom-columns format specified but no custom columns given"),
            (
                "custom-columns=NAME",
                "unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>"
            ),
            (
                "custom-columns=A:.x,B:{x}{y}",
                "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"
            ),
            ("custom-columns=A:.metadata.name[", "unterminated array"),
            (
                "custom-columns=I:.spec.containers[0].name",
                "array index out of bounds: index 0, length 0"
            ),
            (
                "custom-columns-file=cc2",
                "number of headers (2) and field specifications (1) don't match"
            ),
            (
                "custom-columns-file=cc3",
                "invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs."
            ),
            (
                "custom-columns-file=no",
                "error reading template no, open no: no such file or directory\n"
            ),
            (
                "jsonpath-file=no",
                "error reading --template no, open no: no such file or directory\n"
            ),
            (
                "go-template-file=no",
                "error reading --template no, open no: no such file or directory\n"
            ),
        ])
    func refuses(argument: String, message: String) {
        let error = #expect(throws: FormatError.self) { try Self.output(argument) }
        #expect(error?.message == message)
    }

    @Test("a command that changes something knows no tables")
    func change() {
        let error = #expect(throws: FormatError.self) {
            try Self.output("wide", options: .init(family: .change))
        }
        #expect(
            error?.message
                == "unable to match a printer suitable for the output format \"wide\", allowed formats are: "
                + "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml"
        )
    }

    @Test("columns that fail keep the rows before")
    func failingColumns() {
        let error = #expect(throws: FormatError.self) {
            try Self.output("custom-columns=I:.spec.containers[0].name")
        }
        #expect(error?.output == "I\nc\nc\n")
    }

    @Test("an object is named by kind and group")
    func names() {
        let deployment: Value = [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web"],
        ]
        #expect(ResourceName.text(deployment) == "deployment.apps/web")
        #expect(
            ResourceName.line(deployment, operation: "created") == "deployment.apps/web created\n")
        #expect(ResourceName.text([:]) == "<unknown>/<unknown>")
    }
}

@Suite("--sort-by")
struct SortByTests {
    private func order(_ expression: String) throws(FormatError) -> String {
        let sorted = try SortBy(expression).sorted(FormatFixture.list["items"].elements)
        return sorted.map { $0["metadata"]["name"].string ?? "" }.joined(separator: " ")
    }

    @Test(
        "objects are sorted as kubectl sorts them",
        arguments: [
            (".metadata.name", "a a10 b"), (".spec.n", "a a10 b"), (".spec.f", "a10 b a"),
            (".metadata.labels.rank", "a10 b a"), ("{.spec.t}", "a10 b a"),
            (".spec.containers[*].name", "a10 a b"),
        ])
    func sorts(expression: String, names: String) throws {
        #expect(try order(expression) == names)
    }

    @Test(
        "what cannot be sorted is refused",
        arguments: [
            (".nope", #"couldn't find any field with path "{.nope}" in the list of objects"#),
            (
                ".spec",
                "Field {.spec} in *unstructured.Unstructured is an unsortable type: interface, "
                    + "err: unsortable type: map[string]interface {}"
            ),
            (
                "{.metadata.name",
                "unexpected path string, expected a 'name1.name2' or '.name1.name2' or "
                    + "'{name1.name2}' or '{.name1.name2}'"
            ),
        ])
    func refuses(expression: String, message: String) {
        let error = #expect(throws: FormatError.self) { try order(expression) }
        #expect(error?.message == message)
    }

    @Test("quantities sort by amount, names with numbers naturally, more than twelve stably")
    func values() throws {
        func sorted(_ keys: [String]) throws -> [String] {
            let objects = keys.map { Value.object(["k": Value($0)]) }
            return try SortBy(".k").sorted(objects).map { $0["k"].string ?? "" }
        }
        #expect(try sorted(["1Gi", "500m", "2", "1Ki"]) == ["500m", "2", "1Ki", "1Gi"])
        #expect(try sorted(["web-10", "web-9", "web-1"]) == ["web-1", "web-9", "web-10"])
        let many = (0..<40).map { "p-\(($0 * 17) % 40)" }
        #expect(try sorted(many) == (0..<40).map { "p-\($0)" })
    }

    @Test(
        "natural order",
        arguments: [
            ("a2", "a10"), ("a", "b"), ("1", "a"), ("a", "a1"), ("a1", "a01"),
            ("a01", "a2"), ("", "a"), ("x9y", "x10"),
        ])
    func natural(left: String, right: String) {
        #expect(NaturalOrder.precedes(left, right))
        #expect(!NaturalOrder.precedes(right, left))
        #expect(!NaturalOrder.precedes(left, left))
    }
}
