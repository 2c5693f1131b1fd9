import Model
import Syntax

/// What can be named at a place besides what the language and Kubernetes bring: the prompt answers with
/// the objects of its cluster, an editor with what a script and the files beside it make.
package protocol CompletionScene {
    /// The kinds of the cluster.
    var kinds: KindRegistry { get }

    /// Names that the script declared and that can be meant.
    var symbols: [SceneSymbol] { get }

    /// The objects of a kind, each with a word on where it comes from.
    func objects(of kind: KindDescriptor) -> [SceneObject]

    /// Files and folders, as they are written in a script.
    var files: [String] { get }

    /// Those of a folder.
    func files(in folder: String) -> [String]

    /// The labels that objects of a kind have, with their values, in order.
    func labels(of kind: KindDescriptor) -> [(key: String, values: [String])]

    /// The containers of an object's pods.
    func containers(of kind: KindDescriptor, _ name: String) -> [String]

    /// The contexts of the kubeconfig.
    var contexts: [String] { get }

    /// The names of snapshots and branches.
    var moments: [String] { get }

    /// Scripts that can be included.
    var scripts: [String] { get }

    /// The tags of scenarios.
    var tags: [String] { get }

    /// Images that containers have.
    var images: [String] { get }

    /// What `cancel` can end: numbers of blocks that wait.
    var pending: [String] { get }
}

extension CompletionScene {
    package var pending: [String] { [] }

    package var contexts: [String] { [] }

    package var moments: [String] { [] }

    package func files(in folder: String) -> [String] {
        files.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
    }

    package func labels(of kind: KindDescriptor) -> [(key: String, values: [String])] { [] }

    package func containers(of kind: KindDescriptor, _ name: String) -> [String] { [] }
}

/// A variable, parameter or function.
package struct SceneSymbol {
    package let name: String
    /// How a function is called; nil for what is none.
    package let signature: String?
    package let shape: ValueShape?

    package init(name: String, signature: String? = nil, shape: ValueShape? = nil) {
        self.name = name
        self.signature = signature
        self.shape = shape
    }
}

/// An object that can be named.
package struct SceneObject: Hashable {
    package let name: String
    package let detail: String

    package init(name: String, detail: String = "") {
        self.name = name
        self.detail = detail
    }
}

/// What is known of a value at a place of an unfinished text.
struct ShapeReader {
    let scene: any CompletionScene
    /// See ``CompletionContext/itemSources``.
    let itemSources: [Expression]

    func shape(of expression: Expression) -> ValueShape? {
        shape(of: expression, itemDepth: itemSources.count)
    }

    private func shape(of expression: Expression, itemDepth: Int) -> ValueShape? {
        var builder = IndexBuilder(kinds: scene.kinds) { _, _ in nil }
        builder.begin(scene.symbols)
        if itemDepth > 0 {
            let list = shape(of: itemSources[itemDepth - 1], itemDepth: itemDepth - 1)
            builder.items = [list?.item]
        }
        return builder.walk(expression)
    }
}

extension IndexBuilder {
    /// Begins with names that are declared elsewhere.
    fileprivate mutating func begin(_ symbols: [SceneSymbol]) {
        beginScope(with: Source(name: "", text: ""))
        for symbol in symbols {
            declare(
                Identifier(name: symbol.name, span: SourceSpan(at: 0)),
                symbol.signature == nil ? .parameter : .function, by: SourceSpan(at: 0),
                shape: symbol.shape)
        }
    }
}
