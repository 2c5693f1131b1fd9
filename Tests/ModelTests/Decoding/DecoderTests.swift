import Support
import Testing
import Value

@testable import Model

@Suite struct DecoderTests {
    private func deployment(_ spec: String) throws -> Value {
        try JSON.parse(
            #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":"#
                + spec + "}")
    }

    private func decode(_ spec: String) throws -> DecodedObject {
        try Decoder.decode(deployment(spec), kind: Kind.deployment.info)
    }

    @Test func `unknown fields are taken out and reported together with their neighbours`() throws {
        let decoded = try decode(
            """
            {"replica":3,"template":{"spec":{"containers":[{"name":"a","imag":"x","image":"y"}],
            "zzz":1}}}
            """)
        #expect(
            decoded.strictError
                == "strict decoding error: unknown field \"spec.replica\", unknown field "
                + "\"spec.template.spec.containers[0].imag\", unknown field "
                + "\"spec.template.spec.zzz\"")
        #expect(decoded.unknownFields.map(\.suggestion) == ["replicas", "image", nil])
        #expect(decoded.value[.spec]["replica"].isNull)
        #expect(
            decoded.value[.spec][.template][.spec][.containers][0] == [.name: "a", .image: "y"])
    }

    @Test func `a field of 1.36 is known`() throws {
        let decoded = try decode(#"{"template":{"spec":{"hostnameOverride":"x"}}}"#)
        #expect(decoded.unknownFields.isEmpty)
    }

    @Test(arguments: [
        (
            #"{"replicas":"two"}"#,
            "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of "
                + "type int32"
        ),
        (
            #"{"template":{"metadata":{"labels":{"n":false}}}}"#,
            "json: cannot unmarshal bool into Go struct field "
                + "ObjectMeta.spec.template.metadata.labels of type string"
        ),
        (
            #"{"template":{"spec":{"containers":{"name":"a"}}}}"#,
            "json: cannot unmarshal object into Go struct field "
                + "PodSpec.spec.template.spec.containers of type []v1.Container"
        ),
        (
            #"{"template":{"spec":{"containers":[{"env":[{"name":"a","value":1}]}]}}}"#,
            "json: cannot unmarshal number into Go struct field "
                + "EnvVar.spec.template.spec.containers.env.value of type string"
        ),
        (
            #"{"replicas":1.5}"#,
            "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas "
                + "of type int32"
        ),
        (
            #"{"replicas":3000000000}"#,
            "json: cannot unmarshal number 3000000000 into Go struct field "
                + "DeploymentSpec.spec.replicas of type int32"
        ),
        (
            #"{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"1x"}}}]}}}"#,
            "quantities must match the regular expression "
                + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        ),
        (
            #"{"template":"x"}"#,
            "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.template of "
                + "type v1.PodTemplateSpec"
        ),
    ])
    func `a wrong type gives Go's words`(spec: String, message: String) throws {
        #expect(throws: DecodeError.self) { try decode(spec) }
        do {
            _ = try decode(spec)
        } catch let error as DecodeError {
            #expect(error.message == message)
        }
    }

    @Test func `the wrapped form names version and kind`() {
        #expect(
            DecodeError.unreadable(Kind.deployment.info, "x")
                == "Deployment in version \"v1\" cannot be handled as a Deployment: x")
    }

    @Test func `values take their canonical form`() throws {
        let decoded = try decode(
            """
            {"replicas":0,"paused":false,"minReadySeconds":0,"selector":{"matchLabels":{}},
            "strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},
            "template":{"metadata":{"annotations":null,
            "deletionTimestamp":"2025-01-01T00:00:00.5Z"},
            "spec":{"nodeSelector":{},"volumes":[{"name":"a","emptyDir":{}}],"containers":[
            {"name":"a","image":"","stdin":false,"env":[null,{"name":"x","value":""}],
            "resources":{"requests":{"cpu":"1000m","memory":1073741824}},
            "ports":[{"containerPort":80,"hostPort":0}]}]}}}
            """)
        #expect(decoded.strictError == nil)
        let spec = decoded.value[.spec]
        #expect(spec.fields.contains(.replicas) && spec[.replicas] == 0)
        #expect(!spec.fields.contains(.paused) && !spec.fields.contains(.minReadySeconds))
        #expect(spec[.selector] == .emptyObject)
        #expect(spec[.strategy][.rollingUpdate] == [.maxSurge: "25%", .maxUnavailable: 1])
        let meta = spec[.template][.metadata]
        #expect(!meta.fields.contains(.creationTimestamp) && !meta.fields.contains(.annotations))
        #expect(meta[.deletionTimestamp] == "2025-01-01T00:00:00Z")
        let pod = spec[.template][.spec]
        #expect(pod.fields.keys == [.volumes, .containers])
        #expect(pod[.volumes][0] == [.name: "a", .emptyDir: [:]])
        #expect(
            pod[.containers][0] == [
                .name: "a", .env: [[:], [.name: "x"]],
                .resources: [.requests: [.cpu: "1", .memory: "1073741824"]],
                .ports: [[.containerPort: 80]],
            ])
    }

    @Test func `a canonical object keeps its storage`() throws {
        let value: Value = [
            .apiVersion: "v1", .kind: "Pod", .metadata: [.name: "a", .labels: ["x": "y"]],
            .spec: [.containers: [[.name: "a", .image: "b", .resources: [.limits: [.cpu: "1"]]]]],
            .status: [.startTime: "2025-01-01T00:00:00Z"],
        ]
        let decoded = try Decoder.decode(value, kind: Kind.pod.info)
        #expect(decoded.value.isIdentical(to: value))
    }

    @Test func `duplicates come before unknown fields`() throws {
        let decoded = try Decoder.decode(
            deployment(#"{"x":1}"#), kind: Kind.deployment.info, duplicates: ["spec.replicas"])
        #expect(
            decoded.strictError == "strict decoding error: duplicate field \"spec.replicas\", "
                + "unknown field \"spec.x\"")
    }

    @Test func `what Go cannot omit is filled in`() throws {
        var value = try deployment(#"{"template":{"spec":{"containers":[{"name":"a"}]}}}"#)
        GoZeroFields.fill(&value, kind: Kind.deployment.info)
        #expect(
            JSON.text(value, style: .canonical)
                == #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":"#
                + #"{"name":"web"},"spec":{"strategy":{},"template":"#
                + #"{"metadata":{},"spec":{"containers":[{"name":"a","#
                + #""resources":{}}]}}},"status":{}}"#)
        var again = value
        GoZeroFields.fill(&again, kind: Kind.deployment.info)
        #expect(again.isIdentical(to: value))
    }

    @Test(arguments: [("aGk=", nil), ("aGk", 3), ("a$==", 1), ("aA==x", 4), ("", nil)])
    func `base64 is checked as Go reads it`(text: String, offset: Int?) {
        #expect(GoBase64.firstInvalid(in: text) == offset)
    }
}
