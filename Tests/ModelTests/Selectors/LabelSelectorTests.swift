import Testing
import Value

@testable import Model

@Suite struct LabelSelectorTests {
    @Test(
        arguments: [
            ("app=web", true), ("app==web,env=prod", true), ("env!=prod", false),
            ("tier!=x", true), ("env in (prod,dev)", true), ("env notin (prod)", false),
            ("tier notin (a)", true), ("app", true), ("!app", false), ("!tier", true),
            ("rank>3", true), ("rank<3", false), ("rank>x1", nil), ("empty=", true), ("", true),
            ("env in (,x)", false), ("empty in ()", true), (" app = web , env in ( prod ) ", true),
        ] as [(String, Bool?)])
    func `the string form selects as kubectl does`(text: String, expected: Bool?) {
        let labels: Object = ["app": "web", "env": "prod", "rank": "4", "empty": ""]
        #expect((try? LabelSelector(parsing: text))?.matches(labels) == expected)
    }

    @Test(arguments: [
        ("env in", "unable to parse requirement: found '' expected: '('"),
        ("a=b=c", "found '=', expected: ',' or 'end of string'"),
        ("a,", "found '', expected: identifier after ','"),
        (",a", "found ',', expected: !, identifier, or 'end of string'"),
        ("a!", "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt"),
        ("a in (b", "unable to parse requirement: found '', expected: ',' or ')'"),
        ("a=(b)", "unable to parse requirement: found '(', expected: identifier"),
        ("!", "unable to parse requirement: found '', expected: identifier"),
        (
            "a=b$",
            "unable to parse requirement: values[0][a]: Invalid value: \"b$\": a valid label must "
                + "be an empty string or consist of alphanumeric characters, '-', '_' or '.', and "
                + "must start and end with an alphanumeric character (e.g. 'MyValue',  or "
                + "'my_value',  or '12345', regex used for validation is "
                + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        ),
    ])
    func `a malformed text gives apimachinery's words`(text: String, message: String) {
        #expect(throws: SelectorError(message)) { try LabelSelector(parsing: text) }
    }

    @Test(arguments: [
        ("b=1,a=2", "a=2,b=1"), ("x in (z,a,a)", "x in (a,z)"), ("!t,k", "k,!t"),
        ("n>1", "n>1"), ("a==b", "a==b"),
    ])
    func `the text is normalised`(text: String, printed: String) throws {
        #expect(try LabelSelector(parsing: text).text == printed)
    }

    @Test func `a selector object selects by labels and expressions`() {
        let selector = LabelSelector([
            .matchLabels: ["app": "web"],
            .matchExpressions: [
                [.key: "env", .operator: "NotIn", .values: ["dev"]],
                [.key: "tier", .operator: "Exists"],
            ],
        ])
        #expect(selector.matches(["app": "web", "tier": "x"]))
        #expect(!selector.matches(["app": "web", "tier": "x", "env": "dev"]))
        #expect(!selector.matches(["app": "web"]))
        #expect(selector.text == "app=web,env notin (dev),tier")
        #expect(selector.exactValue(of: "app") == "web")
    }

    @Test func `no selector selects nothing and an empty one everything`() {
        #expect(!LabelSelector(Value.null).matches([:]))
        #expect(LabelSelector(.emptyObject).matches(["a": "b"]))
        #expect(LabelSelector(.emptyObject).isEverything)
    }
}

@Suite struct FieldSelectorTests {
    @Test func `fields compare by text`() throws {
        let pod: Value = [
            .metadata: [.name: "a", .namespace: "default"],
            .spec: [.nodeName: "n1"], .status: [.phase: "Running"],
        ]
        for (text, expected) in [
            ("metadata.name=a", true), ("status.phase!=Running", false),
            ("status.phase==Running,spec.nodeName=n1", true), ("spec.hostNetwork=false", true),
            ("status.podIP=", true), ("", true),
        ] {
            let selector = try FieldSelector(parsing: text)
            #expect(Kind.pod.info.rules.selectableFields.check(selector) == nil)
            #expect(selector.matches(pod) == expected, "\(text)")
        }
    }

    @Test(arguments: [
        (Kind.pod, "field label not supported: spec.image"),
        (
            Kind.deployment,
            "\"spec.image\" is not a known field selector: only \"metadata.name\", "
                + "\"metadata.namespace\""
        ),
        (Kind.job, "field label \"spec.image\" not supported for batchv1.Job"),
    ])
    func `an unsupported field gives the server's words`(kind: Kind, message: String) throws {
        let selector = try FieldSelector(parsing: "spec.image=x")
        #expect(kind.info.rules.selectableFields.check(selector)?.message == message)
    }

    @Test func `escapes round-trip and nonsense is refused`() throws {
        let selector = try FieldSelector(parsing: #"a=b\,c\=d"#)
        #expect(selector.requirements == [.init(field: "a", isEqual: true, value: "b,c=d")])
        #expect(try FieldSelector(parsing: selector.text) == selector)
        #expect(throws: SelectorError("invalid selector: 'nope'; can't understand 'nope'")) {
            try FieldSelector(parsing: "nope")
        }
    }
}
