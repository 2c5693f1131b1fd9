import Support

/// Which scenarios of a run are wanted, and what there was to choose from.
package struct ScenarioSelection {
    private let filter: String
    private let tags: [String]
    private var titles: [String] = []
    private var knownTags: [String] = []
    private var count = 0
    /// Whether the filter is the whole title of a scenario of the script at work, which then is meant:
    /// so that a run can be repeated of one scenario whose title others begin with.
    private var isWholeTitle = false

    init(filter: String, tags: [String]) {
        self.filter = filter
        self.tags = tags
    }

    /// Begins with a script of these scenarios.
    mutating func begin(_ titles: [String]) { isWholeTitle = titles.contains(filter) }

    /// Whether a scenario of that title and with these tags is wanted.
    mutating func selects(_ title: String, tags own: [String]) -> Bool {
        titles.append(title)
        knownTags += own.filter { !knownTags.contains($0) }
        let isWanted =
            (filter.isEmpty || (isWholeTitle ? title == filter : title.contains(filter)))
            && (tags.isEmpty || own.contains { tags.contains($0) })
        if isWanted { count += 1 }
        return isWanted
    }

    /// What to say when a filter or a tag was asked for and nothing has it: with the nearest that there
    /// is. Nil when something was selected, or when there was nothing to select from.
    package var problem: String? {
        guard count == 0, !titles.isEmpty, !filter.isEmpty || !tags.isEmpty else { return nil }
        if !filter.isEmpty, !titles.contains(where: { $0.contains(filter) }) {
            let nearest = nearestTitle.map { "; the nearest is \"\($0)\"" } ?? ""
            return "no scenario's title holds \"\(filter)\"\(nearest)"
        }
        let missing = tags.filter { !knownTags.contains($0) }
        if let tag = missing.first, missing.count == tags.count {
            let near = nearestName(to: tag, among: knownTags).map { "; did you mean \"\($0)\"?" }
            let all =
                knownTags.isEmpty
                ? "; none has any" : "; the tags are \(knownTags.sorted().joined(separator: ", "))"
            return "no scenario has the tag \"\(tag)\"\(near ?? all)"
        }
        return "no scenario has both such a title and such a tag"
    }

    /// The title in which as many words as the filter has come nearest to it.
    private var nearestTitle: String? {
        let width = filter.split(separator: " ").count
        var pieces: [(text: String, title: String)] = []
        for title in titles {
            let words = title.split(separator: " ")
            for start in words.indices.dropLast(max(width - 1, 0)) {
                pieces.append((words[start..<start + width].joined(separator: " "), title))
            }
        }
        let nearest = nearestName(to: filter, among: pieces.lazy.map(\.text))
        return nearest.flatMap { text in pieces.first { $0.text == text }?.title }
    }
}
