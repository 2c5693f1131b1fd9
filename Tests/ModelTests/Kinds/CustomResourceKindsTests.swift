import Testing
import Value

@testable import Model

/// What a definition says of the kinds that it adds.
@Suite struct CustomResourceKindsTests {
    @Test func `stable versions come before others, newer before older, odd names last`() {
        let names = [
            "v1alpha1", "foo10", "v2beta2", "v10", "v2", "v1", "v2beta1", "v1b", "v11alpha2",
        ]
        #expect(
            names.sorted(by: VersionName.isPreferred) == [
                "v10", "v2", "v1", "v2beta2", "v2beta1", "v11alpha2", "v1alpha1", "foo10", "v1b",
            ])
    }

    private static func definition(_ versions: Value) -> Value {
        let names: Value = [
            "categories": ["all"], .kind: "Toy", "plural": "toys", "shortNames": ["ty"],
            "singular": "plaything",
        ]
        return [
            .spec: [
                .group: "example.com", .names: names, "scope": "Cluster", "versions": versions,
            ],
            .status: ["acceptedNames": names],
        ]
    }

    @Test func `a version brings its names, subresources and warning`() {
        let definition = Self.definition([
            [.name: "v1beta1", "served": true, "storage": false, "deprecated": true],
            [
                .name: "v1", "served": true, "storage": true,
                "subresources": [
                    "scale": [
                        "labelSelectorPath": ".status.sel", "specReplicasPath": ".spec.n.wanted",
                        "statusReplicasPath": ".status.n",
                    ], .status: .emptyObject,
                ],
                "selectableFields": [["jsonPath": ".spec.color"]],
            ],
            [.name: "v2alpha1", "served": false, "storage": false],
        ])
        let served = CustomResourceKinds.servedVersions(of: definition)
        #expect(served.map { $0.text(.name) } == ["v1", "v1beta1"])
        let kind = Kind(id: 900)
        let toy = CustomResourceKinds.descriptor(
            kind, definition: definition, version: served[0], stored: nil,
            rules: KindRules(
                selectableFields: CustomResourceKinds.selectableFields(served[0])))
        #expect(
            toy.apiVersion == "example.com/v1" && toy.qualifiedSingular == "plaything.example.com")
        #expect(!toy.isNamespaced && toy.hasStatusSubresource && toy.hasGeneration)
        #expect(toy.replicas?.wanted == [.spec, "n", "wanted"])
        #expect(toy.replicas?.selectorText == [.status, "sel"])
        #expect(toy.rules.selectableFields.names.contains("spec.color"))
        #expect(toy.deprecationWarning == nil && toy.storedKind == kind)
        let older = CustomResourceKinds.descriptor(
            Kind(id: 901), definition: definition, version: served[1], stored: kind,
            rules: KindRules())
        #expect(
            older.deprecationWarning
                == "example.com/v1beta1 Toy is deprecated; use example.com/v1 Toy")
        #expect(older.storedKind == kind && !older.isOwnResource)
    }
}
