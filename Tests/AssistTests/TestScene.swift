import Model
import Syntax

@testable import Assist

/// A scene with a few names.
struct TestScene: CompletionScene {
    let kinds = KindRegistry.builtIn
    var symbols: [SceneSymbol] = []
    var names: [String: [String]] = ["deployments": ["api", "web"], "namespaces": ["shop"]]
    var files = ["lib/", "web.yaml"]
    var scripts = ["lib/a.dock"]
    var tags = ["slow", "smoke"]
    var images = ["nginx:1.25"]

    func objects(of kind: KindDescriptor) -> [SceneObject] {
        (names[kind.plural] ?? []).map { SceneObject(name: $0, detail: "a test") }
    }
}

/// A text with a cursor, written as `‸`.
func atCursor(_ text: String) -> (text: String, offset: Int) {
    let place = text.firstIndex(of: "‸") ?? text.endIndex
    let offset = text[..<place].utf8.count
    return (String(text[..<place] + text[place...].dropFirst()), offset)
}
