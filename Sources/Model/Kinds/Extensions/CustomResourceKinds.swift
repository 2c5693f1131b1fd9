import Support
import Value

/// What a CustomResourceDefinition says of the kinds that it adds.
package enum CustomResourceKinds {
    /// The versions that are served, the preferred one first.
    package static func servedVersions(of definition: Value) -> [Value] {
        let served = definition[.spec].list("versions").filter { $0["served"].bool == true }
        return served.enumerated().sorted { left, right in
            let (first, second) = (left.element.text(.name), right.element.text(.name))
            if first == second { return left.offset < right.offset }
            return VersionName.isPreferred(first, to: second)
        }.map(\.element)
    }

    /// The kind of one version. Its names are the accepted ones.
    ///
    /// - Parameters:
    ///   - stored: the kind as which the instances are stored; nil for that kind itself.
    ///   - rules: what the schema of the version defaults, prunes and checks.
    package static func descriptor(
        _ kind: Kind, definition: Value, version: Value, stored: Kind?, rules: KindRules
    ) -> KindDescriptor {
        let spec = definition[.spec]
        let names = definition[.status]["acceptedNames"]
        let subresources = version["subresources"]
        return KindDescriptor(
            kind, names.text(.kind), plural: names.text("plural"),
            singular: names.text("singular"),
            shortNames: names.list("shortNames").compactMap(\.string), group: spec.text(.group),
            version: version.text(.name), conversion: stored.map { KindConversion(stored: $0) },
            deprecationWarning: deprecationWarning(of: version, spec),
            isNamespaced: spec.text("scope") == "Namespaced",
            categories: names.list("categories").compactMap(\.string), verbs: verbs,
            subresources: ["scale", "status"].filter { !subresources[Key($0)].isNull },
            hasGeneration: true, replicas: replicas(subresources["scale"]),
            rules: rules)
    }

    /// In the order in which discovery lists them.
    private static let verbs = [
        "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch",
    ]

    private static func replicas(_ scale: Value) -> ReplicaPlaces? {
        if scale.isNull { return nil }
        func path(_ name: Key) -> [Key]? {
            scale[name].string.map { text in
                text.split(separator: ".").map { Key(String($0)) }
            }
        }
        return ReplicaPlaces(
            wanted: path("specReplicasPath") ?? [], present: path("statusReplicasPath") ?? [],
            selectorText: path("labelSelectorPath") ?? [])
    }

    /// The fields by which instances of a version can be selected.
    package static func selectableFields(_ version: Value) -> SelectableFields {
        let names = version.list("selectableFields").map { field in
            String(field.text("jsonPath").drop { $0 == "." })
        }
        return names.isEmpty ? .common : SelectableFields(names)
    }

    /// Source: apiextensions-apiserver, defaultDeprecationWarning.
    private static func deprecationWarning(of version: Value, _ spec: Value) -> String? {
        guard version["deprecated"].bool == true else { return nil }
        if let own = version["deprecationWarning"].string { return own }
        let (group, kind) = (spec.text(.group), spec[.names].text(.kind))
        let name = version.text(.name)
        let better = spec.list("versions").filter {
            $0["served"].bool == true && $0["deprecated"].bool != true
                && VersionName.isPreferred($0.text(.name), to: name)
        }.map { $0.text(.name) }.sorted(by: VersionName.isPreferred)
        let advice = better.first.map { "; use \(group)/\($0) \(kind)" } ?? ""
        return "\(group)/\(name) \(kind) is deprecated\(advice)"
    }
}

/// The order of versions: v2, v1, v1beta2, v1beta1, v1alpha1, then other names by the alphabet.
/// Source: apimachinery, CompareKubeAwareVersionStrings.
enum VersionName {
    static func isPreferred(_ name: String, to other: String) -> Bool {
        switch (parts(name), parts(other)) {
        case (nil, nil): name < other
        case (nil, _?): false
        case (_?, nil): true
        case (let left?, let right?): left.lexicographicallyPrecedes(right, by: >)
        }
    }

    /// Stability, major and minor number of `v1`, `v1beta2`; nil for other names.
    private static func parts(_ name: String) -> [Int]? {
        guard name.hasPrefix("v") else { return nil }
        let rest = name.dropFirst()
        let major = rest.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(major) else { return nil }
        let tail = rest.dropFirst(major.count)
        if tail.isEmpty { return [2, number, 0] }
        for (word, rank) in [("beta", 1), ("alpha", 0)] where tail.hasPrefix(word) {
            let minor = tail.dropFirst(word.count)
            guard minor.allSatisfy({ $0.isASCII && $0.isNumber }), let minor = Int(minor) else {
                return nil
            }
            return [rank, number, minor]
        }
        return nil
    }
}
