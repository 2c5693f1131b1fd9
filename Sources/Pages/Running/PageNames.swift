import Cluster
import Model
import Session

/// The names and addresses that chance gave to a page's objects, with those that stand for them here.
package struct PageNames {
    private var here: [String: String] = [:]
    private var page: [String: String] = [:]

    package init() {}

    /// Takes what a comparison has seen side by side.
    mutating func note(_ names: [(page: String, here: String)]) {
        for pair in names {
            here[pair.page] = pair.here
            page[pair.here] = pair.page
        }
    }

    /// A command with the names of this run.
    ///
    /// A name that ends in something random and was never seen beside one of ours stands for the first object
    /// of the same form that no other name stands for.
    package mutating func translated(_ command: String, in session: Session) -> String {
        var found = self
        let text = Self.replaced(command) { word in
            if let name = found.here[word] { return name }
            guard PageToken.isRandom(word), let name = found.partner(of: word, in: session),
                name != word
            else { return nil }
            found.note([(word, name)])
            return name
        }
        self = found
        return text
    }

    /// An output with the names that the page has for them.
    func asOnPage(_ text: String) -> String {
        Self.replaced(text) { page[$0] }
    }

    private static func replaced(_ text: String, _ name: (String) -> String?) -> String {
        var result = ""
        var word = ""
        for character in text {
            if character.isASCII,
                character.isLetter || character.isNumber || ".-".contains(character)
            {
                word.append(character)
                continue
            }
            if !word.isEmpty { result += name(word) ?? word }
            word = ""
            result.append(character)
        }
        return result + (word.isEmpty ? "" : name(word) ?? word)
    }

    private func partner(of word: String, in session: Session) -> String? {
        let form = PageToken.name(word)
        let state = session.cluster.state
        for kind in [Kind.pod, .replicaSet, .controllerRevision, .persistentVolume, .job] {
            let names = state.list(kind, namespace: nil).map(\.name)
            if names.contains(word) { return nil }
            if let name = names.first(where: { PageToken.name($0) == form && page[$0] == nil }) {
                return name
            }
        }
        return nil
    }
}
