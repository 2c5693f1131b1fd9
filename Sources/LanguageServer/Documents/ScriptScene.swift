import Assist
import Model
import Syntax

/// What can be named in a script: by its own declarations, the objects that its commands, its `file`
/// blocks and the manifests beside it make.
struct ScriptScene: CompletionScene {
    let kinds = KindRegistry.builtIn
    let symbols: [SceneSymbol]
    let files: [String]
    let scripts: [String]
    let tags: [String]
    let images: [String]
    private let objects: [(kind: KindDescriptor, object: SceneObject)]

    /// - Parameters:
    ///   - index: of the whole script.
    ///   - near: of the text up to the cursor, made whole; it has the names around the cursor.
    ///   - place: the cursor, in both.
    ///   - manifests: those beside the script.
    ///   - names: the files and folders beside the script.
    init(
        _ index: ScriptIndex, near: ScriptIndex, at place: Int, manifests: [ManifestShelf.Manifest],
        names: [String]
    ) {
        var symbols: [String: SceneSymbol] = [:]
        for declaration in index.visible(at: place).filter(\.isTop) + near.visible(at: place) {
            symbols[declaration.name] = SceneSymbol(
                name: declaration.name,
                signature: declaration.function.map {
                    ScriptIndex.signature(declaration.name, $0)
                },
                shape: declaration.shape)
        }
        self.symbols = symbols.values.sorted { $0.name < $1.name }
        var objects: [(kind: KindDescriptor, object: SceneObject)] = []
        var images: [String] = []
        for made in CreatedObject.all(in: index) {
            objects.append((made.kind, SceneObject(name: made.name, detail: made.detail)))
            if let image = made.image { images.append(image) }
        }
        for file in index.files {
            guard let text = file.text else { continue }
            for object in ManifestText(text).objects {
                objects.append((object.kind, SceneObject(name: object.name, detail: file.name)))
                images += object.images
            }
        }
        for document in index.documents where document.file == nil {
            let lines = index.sources[document.source]
            let text = document.lines.map { lines.line($0) }.joined(separator: "\n")
            for object in ManifestText(text.withoutSharedIndentation).objects {
                objects.append(
                    (object.kind, SceneObject(name: object.name, detail: "<<\(document.tag)")))
                images += object.images
            }
        }
        for manifest in manifests {
            for object in manifest.text.objects {
                objects.append((object.kind, SceneObject(name: object.name, detail: manifest.name)))
                images += object.images
            }
        }
        for name in ["default", "kube-system", "kube-public", "kube-node-lease"] {
            objects.append((kinds[.namespace], SceneObject(name: name, detail: "in every cluster")))
        }
        self.objects = objects
        self.images = Set(images).sorted()
        tags = Set(index.tags.map(\.name.name)).sorted()
        var files = index.files.map(\.name)
        files += names.filter { $0.hasSuffix("/") || ManifestShelf.isManifest($0) }
        self.files = files
        scripts = names.filter { $0.hasSuffix(".dock") }
    }

    func objects(of kind: KindDescriptor) -> [SceneObject] {
        objects.filter { $0.kind.storedKind == kind.storedKind }.map(\.object)
    }
}

extension String {
    /// The lines without the blanks that all of them begin with.
    var withoutSharedIndentation: String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        let widths = lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { line in
            line.prefix { $0 == " " }.count
        }
        let shared = widths.min() ?? 0
        return lines.map { $0.dropFirst(min(shared, $0.prefix { $0 == " " }.count)) }
            .joined(separator: "\n")
    }
}
