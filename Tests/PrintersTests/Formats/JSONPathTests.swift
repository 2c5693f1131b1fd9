import Testing
import Value

@testable import Printers

/// Three pods as `kubectl get pods -o …` hands them to a format: one List.
enum FormatFixture {
    static let list: Value = OutputPrinter.list(of: [
        [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": "a", "namespace": "default",
                "labels": ["app": "x", "rank": "2", "a.b/c": "dotted"],
                "creationTimestamp": "2025-01-01T00:00:00Z",
            ],
            "spec": [
                "containers": [
                    [
                        "name": "c", "image": "nginx:1.12",
                        "ports": [["containerPort": 80], ["containerPort": 443]],
                    ]
                ], "n": 5, "f": 1.5, "t": true, "z": nil,
            ],
            "status": [:],
        ],
        [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": "b", "namespace": "default", "labels": ["app": "x"]],
            "spec": [
                "containers": [
                    ["name": "c", "image": "redis:6"], ["name": "d", "image": "<e>&"],
                ], "n": 10,
            ],
            "status": [:],
        ],
        [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": "a10", "namespace": "default"],
            "spec": ["containers": [], "n": 9],
        ],
    ])
}

@Suite("-o jsonpath")
struct JSONPathTests {
    @Test(
        "a template finds and prints what kubectl does",
        arguments: [
            ("{.}", ""), ("{.items[*].metadata.name}", "a b a10"),
            ("{.items[0].metadata.labels}", #"{"a.b/c":"dotted","app":"x","rank":"2"}"#),
            (
                "{.items[0].spec}",
                #"{"containers":[{"image":"nginx:1.12","name":"c","ports":[{"containerPort":80},{"containerPort":443}]}],"f":1.5,"n":5,"t":true,"z":null}"#
            ),
            ("{.items[0].spec.z}", "null"), ("{.items[0].spec.f}", "1.5"),
            ("{.items[0].spec.t}", "true"), ("{.items[*].spec.n}", "5 10 9"),
            (
                #"{range .items[*]}{.metadata.name}{"\t"}{.spec.n}{"\n"}{end}"#,
                "a\t5\nb\t10\na10\t9\n"
            ),
            ("{range .items[*]}[{.metadata.name}]{end} done", "[a][b][a10] done"),
            ("{range .items[*]}{.metadata.name}", "aba10"),
            ("{.items[?(@.spec.n>5)].metadata.name}", "b a10"),
            ("{.items[?(@.spec.n>=9)].metadata.name}", "b a10"),
            (#"{.items[?(@.metadata.name=="a")].spec.n}"#, "5"),
            (#"{.items[?(@.metadata.name!="a")].spec.n}"#, "10 9"),
            ("{.items[?(@.metadata.labels)].metadata.name}", "a b"),
            ("{.items[?(@.spec.f==1.5)].metadata.name}", "a"),
            ("{.items[?(@.spec.t==true)].metadata.name}", "a"),
            ("{.items[?(@.metadata.name=='a')].spec.n}", "5"),
            ("{..image}", "nginx:1.12 redis:6 <e>&"), ("{..name}", "a c b c d a10"),
            ("{.items[0]['metadata.name','kind']}", "a Pod"),
            ("{.items[0].metadata.labels['app']}", "x"),
            (#"{.items[0].metadata.labels.a\.b/c}"#, "dotted"),
            (#"{.items[0].metadata.labels['a\.b/c']}"#, "dotted"),
            ("{.items[0:2].metadata.name}", "a b"), ("{.items[::2].metadata.name}", "a a10"),
            ("{.items[-1].metadata.name}", "a10"), ("{.items[-2:].metadata.name}", "b a10"),
            ("{.items[1:1].metadata.name}", ""), ("{.kind}{.nope}x", "Listx"),
            ("{.items.metadata}", ""), ("{.items[*].metadata.labels.*}", "dotted x 2 x"),
            ("{.items[*].spec.containers[*].ports[*].containerPort}", "80 443"),
            ("{.items[0,1].metadata.name}", "a b"),
            (#"{.items[0,2].metadata.name} {"q\"x"}"#, #"a a10 q"x"#), (#"{"a}b"}"#, "a}b"),
            ("plain", "plain"), (#"pl{"x"}ain{.kind}"#, "plxainList"),
            (#"{.items[0].metadata.name}{"\u0041\x41"}"#, "aAA"), ("{'it'}", "it"),
            (#"{'a\'b'}"#, "a'b"), ("{1}", "1"), ("{1.5}", "1.5"), ("{-3}", "-3"),
            ("{true}", "true"), ("{..x..y}", ""),
            (
                "{.items[1].spec.containers}",
                #"[{"image":"redis:6","name":"c"},{"image":"\u003ce\u003e\u0026","name":"d"}]"#
            ),
            ("{ .kind }", "List"), ("{.kind .apiVersion}", ""),
            ("{.items[?(@.metadata)].metadata.name}", "a b a10"), ("{.items['0']}", ""),
            ("{.items[*].nope.deep}", ""), ("{range .nope[*]}x{end}y", "y"),
            (
                "{range .items[*]}{range .spec.containers[*]}{.image},{end};{end}",
                "nginx:1.12,;redis:6,<e>&,;;"
            ),
            (#"{.items[*].spec.containers[?(@.name=="c")].image}"#, "nginx:1.12 redis:6"),
            ("{.items[0].metadata.name}\n", "a\n"), (#"{.kind}\n"#, #"List\n"#),
            (#"{.items[?(@.metadata.name=="a" )].spec.n}"#, "5"),
            (#"{.items[?( @.metadata.name == "a" )].spec.n}"#, "5"),
            ("{.items[:].metadata.name}", "a b a10"), ("{.items[1:].metadata.name}", "b a10"),
            ("{.items[:1].metadata.name}", "a"), ("{.items[:-1].metadata.name}", "a b"),
            ("{.items[*].metadata.name}{.items[*].kind}", "a b a10Pod Pod Pod"),
            ("{.items[*].spec['n','f']}", "5 10 9 1.5"),
            (#"{.items[?(@.metadata.name in "a")].kind}"#, "Pod Pod Pod"),
            ("{.items[0].spec.containers..name}", "c"), ("{@.kind}", "List"), ("{$.kind}", "List"),
            ("{$..containerPort}", "80 443"), ("{.items[0]..containerPort}", "80 443"),
            ("{.items[0].é}", ""), (#"{"é😀"}"#, "é😀"),
            ("{.items[0].metadata['labels']['app']}", "x"), ("{range}{end}", ""),
            ("{range .items[*]}{end}{.kind}", "List"), ("{.items[*]..n}", "5 10 9"),
        ])
    func prints(template: String, output: String) throws {
        #expect(try JSONPathTemplate(template).output(for: FormatFixture.list) == output)
    }

    @Test(
        "a template that does not parse or run says why, in kubectl's words",
        arguments: [
            ("{.items[?(@.spec.n==5.0)].metadata.name}", "incompatible types for comparison"),
            ("{.items[?(@.spec.z==1)].metadata.name}", "invalid type for comparison"),
            (
                #"{.items[?(@.spec.containers[0].name=="c")].metadata.name}"#,
                "array index out of bounds: index 0, length 0"
            ),
            ("{.items[5].metadata.name}", "array index out of bounds: index 5, length 3"),
            ("{.items[0:9].metadata.name}", "array index out of bounds: index 8, length 3"),
            ("{.items[2:1].metadata.name}", "starting index 2 is greater than ending index 1"),
            ("{.items[0:3:0].metadata.name}", "step must be > 0"),
            ("{.items[-9].metadata.name}", "array index out of bounds: index -6, length 3"),
            ("{.kind[0]}", "string is not array or slice"),
            ("{.metadata[0]}", "map[string]interface {} is not array or slice"),
            ("{.items[0].metadata.name", "unclosed action"), ("{.items[0", "unterminated array"),
            ("{.items[?(@.x", "unterminated filter"),
            ("{.items[?(@.x==1)", "unclosed array expect ]"),
            ("{.items[abc]}", "invalid array index abc"),
            (#"{"abc"#, "unterminated quoted string"),
            ("{#}", "unrecognized character in action: U+0023 '#'"),
            ("{end}", "not in range, nothing to end"), ("{foo}", "unrecognized identifier foo"),
            ("{range .items[*]}{foo}{end}", "unrecognized identifier foo"),
            ("{+}", "cannot parse number +"), ("{1.2.3}", "cannot parse number 1.2.3"),
            ("{....x}", "invalid multiple recursive descent"),
            ("{.kind, .apiVersion}", "unrecognized character in action: U+002C ','"),
            ("{.items[?(@.spec.n=5)].metadata.name}", "unrecognized filter operator ="),
            (
                "{.items[?(@.spec.n=~5)].metadata.name}",
                "unrecognized character in action: U+007E '~'"
            ),
            (
                #"{.items[?(@.spec.containers[*].name=="c")].metadata.name}"#,
                "can only compare one element at a time"
            ),
            ("{.kind[?(@.x)]}", "List is not array or slice and cannot be filtered"),
            (
                "{.items[*][?(@.x)]}",
                "map[apiVersion:v1 kind:Pod metadata:map[creationTimestamp:2025-01-01T00:00:00Z labels:map[a.b/c:dotted app:x rank:2] name:a namespace:default] spec:map[containers:[map[image:nginx:1.12 name:c ports:[map[containerPort:80] map[containerPort:443]]]] f:1.5 n:5 t:true z:<nil>] status:map[]] is not array or slice and cannot be filtered"
            ),
            (#"{.items["0"]}"#, #"invalid array index "0""#),
            (#"{.items[0].metadata["name"]}"#, #"invalid array index "name""#),
            ("{\n.kind}", "unclosed action"),
            (#"{.items[?(@.spec.n<"x")].metadata.name}"#, "incompatible types for comparison"),
            ("{.items[?(@.spec.containers==1)].metadata.name}", "invalid type for comparison"),
            ("{[0]}", "map[string]interface {} is not array or slice"),
            ("{.items[99999999999999999999]}", "array index 99999999999999999999 is not a number"),
            ("{.items[-1:-3].metadata.name}", "starting index 2 is greater than ending index 0"),
            ("{..containers[0].name}", "array index out of bounds: index 0, length 0"),
            ("{..[0].name}", "map[string]interface {} is not array or slice"),
            ("{..*}", "unrecognized character in action: U+002A '*'"),
            (
                "{.items[?(@.spec.n>5&&@.spec.n<10)].kind}",
                "unrecognized character in action: U+0026 '&'"
            ),
            ("{é}", "unrecognized identifier é"),
            (#"{.items[0].metadata.labels["app"]}"#, #"invalid array index "app""#),
            ("{.items[(1)]}", "invalid array index (1)"),
            ("{.kind}{end}", "not in range, nothing to end"),
            ("{range .items[*]}{.kind}{end}{end}", "not in range, nothing to end"),
            ("{if}", "unrecognized identifier if"),
        ])
    func refuses(template: String, message: String) throws {
        let error = #expect(throws: FormatError.self) {
            try JSONPathTemplate(template).output(for: FormatFixture.list)
        }
        let text = error?.message ?? ""
        if text.hasPrefix("error parsing") {
            #expect(text == "error parsing jsonpath \(template), \(message)\n")
        } else {
            #expect(
                text.hasPrefix(
                    "error executing jsonpath \(GoSyntax.quoted(template)): "
                        + "Error executing template: \(message). Printing more information"))
        }
    }

    @Test("an error in running shows the template and the object in Go's syntax")
    func executionError() throws {
        let value: Value = ["kind": "Pod", "n": [1, 2.5, nil, true, "a\"b"]]
        let error = #expect(throws: FormatError.self) {
            try JSONPathTemplate("{.kind[0]}").output(for: value)
        }
        #expect(
            error?.message == """
                error executing jsonpath "{.kind[0]}": Error executing template: string is not \
                array or slice. Printing more information for debugging the template:
                \ttemplate was:
                \t\t{.kind[0]}
                \tobject given to jsonpath engine was:
                \t\tmap[string]interface {}{"kind":"Pod", "n":[]interface {}{1, 2.5, \
                interface {}(nil), true, "a\\"b"}}



                """)
    }

    @Test("jsonpath-as-json prints one indented list per part")
    func asJSON() throws {
        let template = try JSONPathTemplate("{.kind}{.items[*].metadata.name}{.nope}")
        #expect(
            try template.output(for: FormatFixture.list, asJSON: true)
                == "[\n    \"List\"\n]\n[\n    \"a\",\n    \"b\",\n    \"a10\"\n]\n[]\n")
    }

    @Test("a missing key is an error where the flag says so")
    func missingKeys() throws {
        let template = try JSONPathTemplate("{.nope}", allowsMissingKeys: false)
        let error = #expect(throws: FormatError.self) {
            try template.output(for: FormatFixture.list)
        }
        #expect(error?.message.contains("template: nope is not found.") == true)
    }

    @Test(
        "a relaxed expression gets braces and a point",
        arguments: [
            (".metadata.name", "{.metadata.name}"), ("metadata.name", "{.metadata.name}"),
            ("{.a}", "{.a}"), ("{a}", "{.a}"), ("", ""), ("..x", "{..x}"),
        ])
    func relaxed(expression: String, template: String) throws {
        #expect(try JSONPathTemplate.relaxed(expression) == template)
    }

    @Test(
        "an expression with stray braces is refused", arguments: ["{.a", "{a}{b}", "a}", ".", "{}"])
    func relaxedRefuses(expression: String) {
        #expect(throws: FormatError.self) { try JSONPathTemplate.relaxed(expression) }
    }

    @Test("the parser survives any template")
    func anyTemplate() {
        let parts = [
            "{", "}", "[", "]", "?(", "@", ".", "a", "range ", "end", "'", "\"", ",", ":", "1", "-",
            "*", "\\", "..", "==", ")", " ", "é",
        ]
        var state: UInt64 = 99
        for _ in 0..<5000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += parts[Int(state >> 33) % parts.count]
            }
            let output = try? JSONPathTemplate(text).output(for: FormatFixture.list)
            #expect(output == nil || output?.isEmpty != nil)
        }
    }
}
