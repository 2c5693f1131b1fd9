import Support
import Testing

@testable import Model

@Suite struct ExplainTests {
    @Test func `a path leads through lists to a field`() throws {
        let found = try Explain.explain(
            Kind.deployment.info, path: ["spec", "template", "spec", "containers"])
        #expect(found.field?.typeName == "[]Container")
        #expect(found.field?.isRequired == true)
        #expect(found.fields.first?.name == "args")
        #expect(found.fields.contains { $0.name == "restartPolicyRules" })
        let policy = found.fields.first { $0.name == "imagePullPolicy" }
        #expect(policy?.values == ["Always", "IfNotPresent", "Never"])
        #expect(
            policy?.summary
                == "When the image is pulled; Always for the tag latest, else IfNotPresent.")
    }

    @Test(arguments: [
        (Kind.pod, ["spec", "nodeSelector"], "map[string]string"),
        (.pod, ["spec", "priority"], "integer"), (.pod, ["metadata"], "ObjectMeta"),
        (.pod, ["spec", "overhead"], "map[string]Quantity"),
        (.deployment, ["spec", "strategy", "rollingUpdate", "maxSurge"], "IntOrString"),
        (.pod, ["status", "startTime"], "string"), (.pod, ["spec", "hostNetwork"], "boolean"),
    ])
    func `types have kubectl's names`(kind: Kind, path: [String], name: String) throws {
        #expect(try Explain.explain(kind.info, path: path).field?.typeName == name)
    }

    @Test func `a missing field is named with its neighbour`() {
        #expect(throws: ExplainError(name: "replica", suggestion: "replicas")) {
            try Explain.explain(Kind.deployment.info, path: ["spec", "replica"])
        }
        #expect(
            ExplainError(name: "x", suggestion: nil).message == "field \"x\" does not exist")
    }

    @Test func `every text is about a field that exists`() {
        for name in FieldSummaries.texts.names + FieldValues.texts.names {
            let parts = name.split(separator: ".").map(String.init)
            let type =
                parts.count > 2 ? parts.dropLast().joined(separator: ".") : "core.v1.\(parts[0])"
            let facts = FieldFacts.type(named: type)
            #expect(facts?[Key(parts[parts.count - 1])] != nil, "\(name)")
        }
    }

    @Test func `every text about a type is about one that exists and differs from its kin`() {
        for name in FieldSummaries.kin.names {
            let other = FieldSummaries.kin.text(named: name) ?? ""
            for name in [name, other] {
                let type = FieldTexts.typeName(of: name)
                #expect(FieldFacts.type(named: type) != nil, "\(name)")
            }
            #expect(name != other)
        }
    }

    /// The types that the fields of served kinds lead to, with the kinds' own, by name.
    private static let served: [TypeFacts] = {
        var open = KindDescriptor.builtIn.compactMap { FieldFacts.root(of: $0.kind) }
        var served: [String: TypeFacts] = [:]
        while let type = open.popLast() {
            guard served.updateValue(type, forKey: type.name) == nil else { continue }
            open += type.fields.compactMap(\.elementType)
        }
        return served.values.sorted { $0.name < $1.name }
    }()

    @Test func `every field of every served kind is described`() {
        var missing: [String] = []
        var count = 0
        for type in Self.served {
            for field in type.fields {
                count += 1
                if FieldSummaries.of(field.name, in: type) == nil {
                    missing.append("\(type.name).\(field.name)")
                }
            }
        }
        #expect(missing == [])
        #expect(Self.served.count == 466)
        #expect(count == 2_028)
    }

    @Test func `every served kind is described in two to four sentences`() {
        for kind in KindDescriptor.builtIn {
            let text = FieldFacts.root(of: kind.kind).flatMap(KindSummaries.of) ?? ""
            let sentences = text.split(separator: ".").count
            #expect(text.hasSuffix(".") && text.contains(". "), "\(kind.apiVersion) \(kind.name)")
            #expect((2...8).contains(sentences), "\(kind.apiVersion) \(kind.name)")
        }
    }

    @Test func `a field that holds objects of a kind tells of the kind, too`() throws {
        let found = try Explain.explain(
            Kind.statefulSet.info, path: ["spec", "volumeClaimTemplates"])
        #expect(found.descriptions.count == 2)
        #expect(found.descriptions.first == "Claims made for every pod; they outlive it.")
        #expect(found.descriptions.last?.hasPrefix("Asks for storage") == true)
    }

    @Test(arguments: [
        ("core.v1.EphemeralContainer", "tty", "Whether the container gets a terminal; false"),
        ("core.v1.CephFSPersistentVolumeSource", "readOnly", "Whether the volume can only be read"),
        ("batch.v1.JobCondition", "status", "True, False or Unknown."),
        ("rbac.v1.Role", "kind", "What the object is"),
    ])
    func `fields that mean the same share one text`(type: String, field: String, text: String) {
        let facts = FieldFacts.type(named: type)
        #expect(facts.flatMap { FieldSummaries.of(field, in: $0) }?.hasPrefix(text) == true)
    }

    @Test func `an empty text is among the values where it is allowed`() throws {
        let found = try Explain.explain(
            Kind.pod.info, path: ["spec", "volumes", "hostPath", "type"])
        #expect(found.field?.values.first == "")
        let modes = try Explain.explain(
            Kind.persistentVolumeClaim.info, path: ["spec", "accessModes"])
        #expect(modes.field?.values == [])
    }

    @Test func `every summary is one sentence that fits a line`() {
        for type in FieldFacts.typeNames.compactMap({ FieldFacts.type(named: $0) }) {
            for field in type.fields {
                guard let text = FieldSummaries.of(field.name, in: type) else { continue }
                #expect(text.hasSuffix(".") && text.utf8.count <= 120, "\(type.name).\(field.name)")
            }
        }
    }
}
