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
        #expect(policy?.summary == "When the image is pulled; Always for the tag latest.")
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

    @Test func `every text is about a field that exists, and there are enough`() {
        #expect(FieldSummaries.texts.names.count >= 250)
        for name in FieldSummaries.texts.names + FieldValues.texts.names {
            let parts = name.split(separator: ".").map(String.init)
            let type =
                parts.count > 2 ? parts.dropLast().joined(separator: ".") : "core.v1.\(parts[0])"
            let facts = FieldFacts.type(named: type)
            #expect(facts?[Key(parts[parts.count - 1])] != nil, "\(name)")
        }
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
