extension VerbRegistry {
    /// The words that lead to the verb which some words name, as far as they do: ["rollout", "undo"] of
    /// `rollout undo deploy/web`.
    package static func path(of words: [String]) -> [String]? { resolve(words)?.path }

    /// The verb at the end of such words.
    package static func verb(at path: [String]) -> Verb? {
        guard let first = path.first else { return nil }
        return path.dropFirst().reduce(verb(first)) { $0?.subverb($1) }
    }

    /// The words that lead to each verb and subverb, in the order of the rows.
    package static let paths: [[String]] = {
        func walk(_ verb: Verb, _ path: [String]) -> [[String]] {
            let here = path + [verb.name]
            return [here] + verb.subverbs.flatMap { walk($0, here) }
        }
        return all.flatMap { walk($0, []) }
    }()
}
