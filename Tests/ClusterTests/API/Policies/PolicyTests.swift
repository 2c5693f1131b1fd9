import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("admission policies")
struct PolicyTests {
    private let cluster = SimulatedCluster()
    private var api: APIServer { cluster.api }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "taken"
        } catch let error as APIError {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    /// A policy about config maps with a binding of its name, which is in force afterwards.
    private func hold(
        _ spec: Value, kind: Kind = .validatingAdmissionPolicy, binding: Value = .emptyObject
    ) throws {
        var spec = spec
        if spec["matchConstraints"].isNull {
            spec["matchConstraints"] = [
                "resourceRules": [
                    [
                        "apiGroups": [""], "apiVersions": ["v1"],
                        "operations": ["CREATE", "UPDATE"], "resources": ["configmaps"],
                    ]
                ]
            ]
        }
        try api.create(kind, [.metadata: [.name: "p"], .spec: spec])
        var bound = binding
        bound["policyName"] = "p"
        let bindingKind: Kind =
            kind == .validatingAdmissionPolicy
            ? .validatingAdmissionPolicyBinding : .mutatingAdmissionPolicyBinding
        if kind == .validatingAdmissionPolicy, bound["validationActions"].isNull {
            bound["validationActions"] = ["Deny"]
        }
        try api.create(bindingKind, [.metadata: [.name: "b"], .spec: bound])
        _ = try cluster.advance(by: 2000)
        cluster.beginUserRequest()
    }

    private func make(_ name: String, data: Value = .null, labels: Value = .null) throws {
        var object: Value = [.metadata: [.name: Value(name)]]
        if !labels.isNull { object[.metadata][.labels] = labels }
        if !data.isNull { object["data"] = data }
        try api.create(.configMap, object, in: "default")
    }

    /// An expression, and what becomes of a config map with data a=1.
    struct Row: Sendable, CustomStringConvertible {
        let validation: Value
        let result: String

        init(_ validation: Value, _ result: String) {
            self.validation = validation
            self.result = result
        }

        var description: String { JSON.text(validation) }
    }

    private static let refusal =
        "configmaps \"one\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied "
        + "request: "

    static let rows: [Row] = [
        Row(["expression": "object.data.a == '1'"], "taken"),
        Row(
            ["expression": "object.data.a == '2'"],
            refusal + "failed expression: object.data.a == '2'"),
        Row(["expression": "false", "message": " no "], refusal + "no"),
        Row(
            [
                "expression": "false", "message": "no",
                "messageExpression": "'a is ' + object.data.a",
            ],
            refusal + "a is 1"),
        Row(
            ["expression": "false", "message": "no", "messageExpression": "string(object.data.b)"],
            refusal + "no"),
        Row(
            ["expression": "object.data.b == '1'"],
            refusal + "expression 'object.data.b == '1'' resulted in error: no such key: b"),
        Row(["expression": "request.operation == 'CREATE' && oldObject == null"], "taken"),
        Row(["expression": "request.resource.resource == 'configmaps'"], "taken"),
        Row(["expression": "request.userInfo.username == 'kubernetes-admin'"], "taken"),
        Row(["expression": "namespaceObject.metadata.name == 'default'"], "taken"),
        Row(
            [
                "expression":
                    "authorizer.group('apps').resource('deployments').check('create').allowed()"
            ], "taken"),
        Row(
            [
                "expression": Value(
                    "authorizer.serviceAccount('a', 'b').group('').resource('pods').check('list')"
                        + ".allowed()"),
                "message": "x may not",
            ], refusal + "x may not"),
        Row(
            [
                "expression": Value(
                    "authorizer.serviceAccount('a', 'B').group('').resource('pods').check('list')"
                        + ".allowed()")
            ],
            refusal
                + "expression 'authorizer.serviceAccount('a', 'B').group('').resource('pods')"
                + ".check('list').allowed()' resulted in error: Invalid service account name"),
        Row(["expression": "authorizer.requestResource.check('create').allowed()"], "taken"),
        Row(
            ["expression": "authorizer.path('').check('get').allowed()"],
            refusal + "expression 'authorizer.path('').check('get').allowed()' resulted in error: "
                + "path must not be empty"),
    ]

    @Test("expressions decide on requests", arguments: rows)
    func expressions(_ row: Row) throws {
        try hold(["validations": [row.validation]])
        #expect(message { try make("one", data: ["a": "1"]) } == row.result)
    }

    @Test("the first denial tells its reason, invalid where there is none")
    func reasons() throws {
        try hold(["validations": [["expression": "false", "reason": "RequestEntityTooLarge"]]])
        do {
            try make("one")
            Issue.record("it was taken")
        } catch let error as APIError {
            #expect(error.reason == .requestEntityTooLarge)
            #expect(error.detailKind == "configmaps")
        }
    }

    @Test("a policy counts from the next whole second on, and until it")
    func delay() throws {
        _ = try cluster.advance(by: 300)
        try hold(["validations": [["expression": "false", "message": "no"]]])
        #expect(message { try make("one") } != "taken")
        let binding = try #require(api.find(.validatingAdmissionPolicyBinding, name: "b"))
        try api.delete(binding)
        #expect(message { try make("two") } != "taken")
        _ = try cluster.advance(by: 1000)
        #expect(message { try make("three") } == "taken")
    }

    @Test("variables name those before them, and fail where they are used")
    func variables() throws {
        try hold([
            "variables": [
                ["name": "a", "expression": "int(object.data.a)"],
                ["name": "b", "expression": "variables.a * 2"],
                ["name": "wrong", "expression": "object.data.nothing"],
            ],
            "validations": [
                ["expression": "variables.b == 4", "messageExpression": "string(variables.b)"],
                ["expression": "variables.a == 2 || variables.wrong == ''"],
            ],
        ])
        #expect(message { try make("one", data: ["a": "2"]) } == "taken")
        #expect(
            message { try make("two", data: ["a": "3"]) }
                == Self.refusal.replacing("\"one\"", with: "\"two\"") + "6")
    }

    @Test("a name that was generated is known to who checks the object")
    func generatedNames() throws {
        try hold(["validations": [["expression": "request.name == object.metadata.name"]]])
        let answer = message {
            _ = try api.create(.configMap, [.metadata: [.generateName: "one-"]], in: "default")
        }
        #expect(answer == "taken")
    }

    @Test("the status says what is wrong with the types, by kind")
    func types() throws {
        try hold([
            "matchConstraints": [
                "resourceRules": [
                    [
                        "apiGroups": ["", "apps"], "apiVersions": ["v1"],
                        "operations": ["CREATE"], "resources": ["pods", "deployments"],
                    ]
                ]
            ],
            "validations": [
                ["expression": "object.spec.replicas > 1"],
                ["expression": "object.metadata.name != ''"],
            ],
        ])
        _ = try cluster.advance(by: 10_000)
        let policy = try #require(api.find(.validatingAdmissionPolicy, name: "p"))
        let warnings = policy.value[.status]["typeChecking"]["expressionWarnings"].elements
        #expect(warnings.map { $0["fieldRef"] } == ["spec.validations[0].expression"])
        // Deployments have the field.
        let text = warnings.first?["warning"].string ?? ""
        #expect(text.hasPrefix("/v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'replicas'"))
        #expect(!text.contains("Deployment"))
    }

    @Test("what goes wrong refuses, unless the policy says Ignore")
    func failurePolicy() throws {
        try hold([
            "failurePolicy": "Ignore", "validations": [["expression": "object.data.b == '1'"]],
        ])
        #expect(message { try make("one", data: ["a": "1"]) } == "taken")
    }

    @Test("match conditions and selectors choose the objects")
    func matching() throws {
        try hold(
            [
                "matchConditions": [
                    ["name": "c", "expression": "object.metadata.name.startsWith('x')"]
                ],
                "validations": [["expression": "false", "message": "no"]],
            ],
            binding: ["matchResources": ["objectSelector": ["matchLabels": ["held": "yes"]]]])
        #expect(message { try make("one", labels: ["held": "yes"]) } == "taken")
        #expect(message { try make("x1") } == "taken")
        #expect(message { try make("x2", labels: ["held": "yes"]) } != "taken")
    }

    @Test("parameters are those that the binding selects; each counts")
    func parameters() throws {
        for (name, most) in [("a", "5"), ("b", "3")] {
            try api.create(
                .secret,
                [
                    .metadata: [.name: Value(name), .labels: ["limit": "yes"]],
                    "stringData": ["most": Value(most)],
                ], in: "default")
        }
        try hold(
            [
                "paramKind": [.apiVersion: "v1", .kind: "Secret"],
                "validations": [
                    ["expression": "params == null || params.metadata.name != object.data.a"]
                ],
            ],
            binding: [
                "paramRef": [
                    .selector: ["matchLabels": ["limit": "yes"]],
                    "parameterNotFoundAction": "Allow",
                ]
            ])
        #expect(message { try make("one", data: ["a": "b"]) } != "taken")
        #expect(message { try make("one", data: ["a": "c"]) } == "taken")
    }

    @Test("a kind of parameters that is not served refuses all, until it is")
    func unknownParameters() throws {
        try hold([
            "paramKind": [.apiVersion: "sea.example.com/v1", .kind: "Tide"],
            "validations": [["expression": "true"]],
        ])
        #expect(
            message { try make("one") }
                == "configmaps \"one\" is forbidden: ValidatingAdmissionPolicy 'p' denied request: "
                + "failed to configure policy: failed to find resource referenced by paramKind: "
                + "'sea.example.com/v1, Kind=Tide'")
    }

    @Test("a policy changes objects, and one that changed is seen by those that want to")
    func mutations() throws {
        try hold(
            [
                "reinvocationPolicy": "IfNeeded",
                "mutations": [
                    [
                        "patchType": "ApplyConfiguration",
                        "applyConfiguration": [
                            "expression": "Object{data: {'count': string(size(object.data))}}"
                        ],
                    ],
                    [
                        "patchType": "JSONPatch",
                        "jsonPatch": [
                            "expression": Value(
                                "[JSONPatch{op: 'add', path: '/metadata/labels', "
                                    + "value: {'by': 'p'}}]")
                        ],
                    ],
                ],
            ], kind: .mutatingAdmissionPolicy)
        try make("one", data: ["a": "1"])
        let made = try #require(api.find(.configMap, namespace: "default", name: "one"))
        #expect(made.value[.metadata][.labels]["by"] == "p")
        // Asked again after its own change, it counts what it added.
        #expect(made.value["data"]["count"] == "2")
    }

    @Test("the other plugins see to a container that a policy adds")
    func otherPlugins() throws {
        try hold(
            [
                "matchConstraints": [
                    "resourceRules": [
                        [
                            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
                            "resources": ["pods"],
                        ]
                    ]
                ],
                "reinvocationPolicy": "Never",
                "mutations": [
                    [
                        "patchType": "JSONPatch",
                        "jsonPatch": [
                            "expression": Value(
                                "[JSONPatch{op: 'add', path: '/spec/containers/-', "
                                    + "value: {'name': 'side', 'image': 'nginx'}}]")
                        ],
                    ]
                ],
            ], kind: .mutatingAdmissionPolicy)
        let pod = try api.create(
            .pod,
            [
                .metadata: [.name: "one"],
                .spec: [.containers: [[.name: "main", .image: "nginx"]]],
            ], in: "default")
        let spec = pod.value[.spec]
        #expect(spec[.containers].elements.map { $0.text(.name) } == ["main", "side"])
        // Both mount the one volume with the token of the service account.
        #expect(spec[.volumes].elements.count == 1)
        for container in spec[.containers].elements {
            let mounted = container[.volumeMounts].elements.map { $0[.name] }
            #expect(mounted == [spec[.volumes][0][.name]])
        }
    }

    @Test("objects inside are called by the path to them")
    func typeNames() throws {
        try hold(
            [
                "reinvocationPolicy": "Never",
                "mutations": [
                    [
                        "patchType": "ApplyConfiguration",
                        "applyConfiguration": [
                            "expression": "Object{metadata: Object.spec{labels: {'a': 'b'}}}"
                        ],
                    ]
                ],
            ], kind: .mutatingAdmissionPolicy)
        #expect(
            message { try make("one") }
                == "policy 'p' with binding 'b' denied request: type mismatch: unexpected type name "
                + "\"Object.spec\", expected \"Object.metadata\", which matches field name path from "
                + "root Object type")
    }
}
