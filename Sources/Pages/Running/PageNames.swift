import Cluster
import Model
import Session
import Value

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
    /// A name that ends in something random and was never seen beside one of ours stands for the newest object
    /// of the same form that no other name stands for: of the pods of a rollout for one that stays.
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

    /// Whether a command has a name that ends in something random and was never seen beside one of ours.
    func areMissing(in command: String) -> Bool {
        var isMissing = false
        _ = Self.replaced(command) { word in
            if here[word] == nil, PageToken.isRandom(word) { isMissing = true }
            return nil
        }
        return isMissing
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
            let objects = state.list(kind, namespace: nil)
            if objects.contains(where: { $0.name == word }) { return nil }
            let alike = objects.filter { PageToken.name($0.name) == form && page[$0.name] == nil }
            let staying = alike.filter { !$0.isDeleting }
            func created(_ object: StoredObject) -> String {
                object.value[.metadata][.creationTimestamp].string ?? ""
            }
            let newest = (staying.isEmpty ? alike : staying).max { created($0) < created($1) }
            if let newest { return newest.name }
        }
        return nil
    }
}
