import Foundation
import Support
import Testing
import Value

@testable import Model

/// What the descriptors say of objects, held against the field facts.
@Suite struct KindDescriptorTests {
    @Test func `constants bear the names of their kinds`() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Model/Kinds/Kind+Constants.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let constants = text.matches(of: /var (\w+): Kind \{ Kind\(id: (\d+)\) \}/)
        #expect(constants.count == KindDescriptor.rows.count)
        for match in constants {
            let name = try KindDescriptor.builtIn[#require(Int(match.2))].name
            #expect(match.1 == lowerCamelCase(name))
        }
    }

    /// "CSIDriver" → "csiDriver", "Pod" → "pod".
    private func lowerCamelCase(_ name: String) -> String {
        let capitals = name.prefix { $0.isUppercase }
        let head = capitals.count == 1 ? capitals : capitals.dropLast()
        return head.lowercased() + name.dropFirst(head.count)
    }

    @Test(arguments: Kind.allBuiltIn)
    func `a pod template stands where the descriptor says, and nowhere else`(kind: Kind) {
        let root = FieldFacts.root(of: kind)!
        var found = kind == .pod ? [[]] : templates(in: root, below: 4)
        // A revision keeps the patch of a template; that is data.
        if let place = kind.info.podTemplate {
            #expect(found.removeFirst() == place.path)
        }
        #expect(found.isEmpty)
    }

    private func templates(in type: TypeFacts, below depth: Int) -> [[Key]] {
        guard depth > 0 else { return [] }
        return type.fields.filter { $0.container == .single }.flatMap { field -> [[Key]] in
            guard let inner = field.elementType else { return [] }
            if inner.name == "core.v1.PodTemplateSpec" { return [[field.key]] }
            return templates(in: inner, below: depth - 1).map { [field.key] + $0 }
        }
    }

    @Test(arguments: Kind.allBuiltIn)
    func `selectors and replicas have the form that the descriptor says`(kind: Kind) throws {
        let info = kind.info
        if let selector = info.podSelector {
            let field = try #require(fact(of: kind, at: selector.path))
            switch selector.form {
            case .labels: #expect(field.container == .map)
            case .labelSelector: #expect(field.elementType?.name == "meta.v1.LabelSelector")
            }
        }
        #expect((info.replicas != nil) == info.subresources.contains("scale"))
        if let replicas = info.replicas {
            #expect(fact(of: kind, at: replicas.wanted)?.element == .int32)
            #expect(fact(of: kind, at: replicas.present)?.element == .int32)
        }
    }

    @Test(arguments: Kind.allBuiltIn)
    func `what reports generations has them, and rolls by a template`(kind: Kind) throws {
        let info = kind.info
        if info.reportsObservedGeneration {
            #expect(info.hasGeneration)
            #expect(fact(of: kind, at: [.status, .observedGeneration])?.element == .int64)
        }
        if let rollout = info.rollout {
            #expect(info.makesPods && info.reportsObservedGeneration)
            #expect(rollout.canPause == (fact(of: kind, at: [.spec, .paused]) != nil))
        }
        // One way round only: the status of some kinds is no part of its own.
        if info.hasStatusSubresource { #expect(fact(of: kind, at: [.status]) != nil) }
    }

    private func fact(of kind: Kind, at path: [Key]) -> FieldFact? {
        var type = FieldFacts.root(of: kind)
        var fact: FieldFact?
        for key in path {
            fact = type?[key]
            type = fact?.elementType
        }
        return fact
    }

    @Test func `a selector is read by its form`() {
        let labels: Value = [.spec: [.selector: ["app": "web"]]]
        let expressions: Value = [.spec: [.selector: [.matchLabels: ["app": "web"]]]]
        #expect(PodSelector(.labels).selector(of: labels).text == "app=web")
        #expect(PodSelector(.labelSelector).selector(of: expressions).text == "app=web")
        #expect(!PodSelector(.labelSelector).selector(of: [:]).matches(["app": "web"]))
    }

    @Test func `a made-up kind brings its own defaults and rules`() throws {
        var registry = KindRegistry()
        let kind = registry.register { kind in
            KindDescriptor(
                kind, "Toy", plural: "toys", group: "toys.example.com",
                rules: KindRules(
                    defaults: { $0[.spec].fill(.replicas, 1) },
                    name: NameRules.dns1123Label,
                    object: { $0.nonnegative($1[.spec][.replicas], ErrorPath("spec.replicas")) },
                    change: { $0.immutable($1[.spec][.type], $2[.spec][.type], ErrorPath("type")) },
                    selectableFields: SelectableFields(["spec.type"])))
        }
        let info = registry[kind]
        var toy: Value = [.metadata: [.name: "a.b", .namespace: "default"]]
        Defaults.apply(&toy, kind: info)
        #expect(toy[.spec][.replicas] == 1)
        #expect(Validation.create(toy, kind: info).map(\.path) == ["metadata.name"])

        toy[.metadata][.name] = "a"
        var changed = toy
        changed[.spec] = [.replicas: -1, .type: "ball"]
        #expect(
            Validation.update(changed, from: toy, kind: info).map(\.path)
                == ["spec.replicas", "type"])
        let selector = try FieldSelector(parsing: "spec.type=ball")
        #expect(info.rules.selectableFields.check(selector) == nil)
        #expect(selector.matches(changed) && !selector.matches(toy))
    }
}
