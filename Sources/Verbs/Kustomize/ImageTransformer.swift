import Patterns
import Model
import Support
import Value

/// Gives images another name, tag or digest. Source: kustomize, filters/imagetag and internal/image.
struct ImageTransformer {
    private let pattern: Pattern
    private let newName: String
    private let newTag: String
    private let digest: String
    private let tagSuffix: String

    /// - Parameter image: an entry of `images`.
    init(_ image: Value) throws(VerbError) {
        let name = image.text("name")
        do throws(PatternError) {
            pattern = try Pattern(
                "^\(name)(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$")
        } catch {
            throw .message("images: the name '\(name)' is no regular expression")
        }
        newName = image.text("newName")
        newTag = image.text("newTag")
        digest = image.text("digest")
        tagSuffix = image.text("tagSuffix")
    }

    func apply(_ specs: [FieldSpec], _ resources: [KustomizeResource]) throws(VerbError) {
        for resource in resources where resource.type.kind != "CustomResourceDefinition" {
            walk(&resource.value)
            for spec in specs {
                try spec.visit(resource) { value throws(VerbError) in replace(&value) }
            }
        }
    }

    /// Every list called `containers` or `initContainers`, wherever it is.
    private func walk(_ value: inout Value) {
        switch value {
        case .array(var elements):
            for index in elements.indices { walk(&elements[index]) }
            value = .array(elements)
        case .object(var object):
            for key in object.keys {
                var field = object[key]
                walk(&field)
                if ["containers", "initContainers"].contains(key.name),
                    case .array(var elements) = field
                {
                    for index in elements.indices where elements[index][.image].string != nil {
                        replace(&elements[index][.image])
                    }
                    field = .array(elements)
                }
                object.set(key, to: field)
            }
            value = .object(object)
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }

    private func replace(_ value: inout Value) {
        guard let text = value.string, (try? pattern.matches(text)) == true else { return }
        var (name, tag, oldDigest) = Self.split(text)
        if !newName.isEmpty { name = newName }
        if !newTag.isEmpty || !digest.isEmpty {
            (tag, oldDigest) = (newTag, digest)
        } else if !tagSuffix.isEmpty {
            (tag, oldDigest) = (tag + tagSuffix, "")
        }
        value = Value(
            name + (tag.isEmpty ? "" : ":" + tag) + (oldDigest.isEmpty ? "" : "@" + oldDigest))
    }

    /// `registry:5000/web:1@sha256:…` taken apart; a colon before the first slash is a port.
    private static func split(_ image: String) -> (name: String, tag: String, digest: String) {
        let start = image.firstIndex(of: "/") ?? image.startIndex
        let at = image[start...].firstIndex(of: "@")
        let colon = image[start...].firstIndex(of: ":")
        let digest = at.map { String(image[image.index(after: $0)...]) } ?? ""
        if let colon, at.map({ colon < $0 }) ?? true {
            let tag = image[image.index(after: colon)..<(at ?? image.endIndex)]
            return (String(image[..<colon]), String(tag), digest)
        }
        return (String(image[..<(at ?? image.endIndex)]), "", digest)
    }
}
