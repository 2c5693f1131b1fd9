import Support
import Testing

@testable import Model

@Suite struct FieldFactsTests {
    @Test func `every type of the table parses and its names are in order`() {
        #expect(FieldFacts.typeNames == FieldFacts.typeNames.sorted())
        var fields = 0
        for name in FieldFacts.typeNames {
            fields += FieldFacts.type(named: name)?.fields.count ?? 0
        }
        #expect(FieldFacts.typeNames.count > 350)
        #expect(fields > 1_600)
    }

    @Test(arguments: Kind.allBuiltIn)
    func `every kind has its type with metadata`(kind: Kind) {
        let facts = FieldFacts.root(of: kind)
        #expect(facts?.name == kind.info.rootType)
        #expect(facts?[.metadata]?.elementType === FieldFacts.objectMeta)
        #expect(facts?[.kind]?.element == .string)
    }

    @Test func `a field's facts are read from its marks`() throws {
        let spec = try #require(FieldFacts.type(named: "core.v1.PodSpec"))
        let volumes = try #require(spec[.volumes])
        #expect(volumes.container == .list)
        #expect(volumes.elementType?.shortName == "Volume")
        #expect(volumes.patchStrategy == [.merge, .retainKeys])
        #expect(volumes.mergeKey == .name && volumes.listKind == .map([.name]))
        let spread = try #require(spec[.topologySpreadConstraints])
        #expect(spread.mergeKey == .topologyKey)
        #expect(spread.listKind == .map([.topologyKey, .whenUnsatisfiable]))
        #expect(spec[.containers]?.isRequired == true)
        #expect(spec[.priority]?.isPointer == true && spec[.hostNetwork]?.isPointer == false)
        #expect(spec[.nodeSelector]?.container == .map)
        #expect(FieldFacts.labelSelector.isAtomic)
    }

    @Test func `a misspelt field finds its neighbour`() throws {
        let container = try #require(FieldFacts.type(named: "core.v1.Container"))
        #expect(container.nearestField(to: "imag") == "image")
        #expect(container.nearestField(to: "enviroment") == nil)
    }
}
