import Model
import Value
import YAML

/// The objects that a text of manifests describes, and where.
package struct ManifestText {
    /// One object.
    package struct Object: Sendable {
        package let kind: KindDescriptor
        package let name: String
        /// Nil where the manifest names none.
        package let namespace: String?
        /// Where its name stands, counted from 1.
        package let mark: YAMLMark
        /// The images of its containers.
        package let images: [String]
    }

    /// Those of known kinds, in the order of the text.
    package let objects: [Object]

    /// Reads YAML or JSON as kubectl does; what comes before an error counts.
    package init(_ text: String, kinds: KindRegistry = .builtIn) {
        let limits = InputLimits(bytes: 4 << 20, depth: 100, nodes: 200_000)
        var objects: [Object] = []
        for document in YAML.read(text, limits: limits).documents {
            Self.add(document.value, of: document, at: [], kinds, to: &objects)
        }
        self.objects = objects
    }

    private static func add(
        _ value: Value, of document: YAMLDocument, at path: [FieldPath.Segment],
        _ kinds: KindRegistry, to objects: inout [Object]
    ) {
        guard let name = value["kind"].string else { return }
        if name.hasSuffix("List"), case .array(let items) = value["items"] {
            for (index, item) in items.enumerated() {
                add(
                    item, of: document, at: path + [.field(.items), .index(index)], kinds,
                    to: &objects)
            }
            return
        }
        let version = value["apiVersion"].string ?? ""
        guard let kind = try? kinds.kind(apiVersion: version, name: name).get(),
            let own = value["metadata"]["name"].string
        else { return }
        let place = FieldPath(path + [.field(.metadata), .field(.name)])
        objects.append(
            Object(
                kind: kinds[kind], name: own, namespace: value["metadata"]["namespace"].string,
                mark: document.position(of: place) ?? document.mark,
                images: images(in: value, of: kinds[kind])))
    }

    private static func images(in value: Value, of kind: KindDescriptor) -> [String] {
        guard let path = kind.podSpecPath else { return [] }
        let spec = value.value(at: path)
        return ["initContainers", "containers"].flatMap { list in
            spec[list].elements.compactMap { $0["image"].string }
        }
    }
}
