/// Compares what commands say of what they did, and texts without a form.
struct MessageComparer {
    /// The page leaves lines out.
    let isCut: Bool

    func compare(_ page: [String], _ here: [String], _ comparison: inout PageComparison) {
        var left = here.filter { !Self.isAside($0) }.map { (line: $0, form: Self.form($0)) }
        let theirs = page.filter { !Self.isAside($0) && !PageTable.isEllipsis($0) }
        var missing: [String] = []
        for line in theirs {
            let form = Self.form(line)
            if let place = left.firstIndex(where: { Self.agrees(form, $0.form) }) {
                noteNames(line, left[place].line, &comparison)
                left.remove(at: place)
            } else {
                missing.append(line)
            }
        }
        // One line each: told side by side.
        if missing.count == 1, left.count == 1 {
            return comparison.note(
                "the page has \"\(Self.shown(missing[0]))\", this run \"\(Self.shown(left[0].line))\"",
                weight: 3)
        }
        if missing.count > 3 {
            comparison.note(
                "\(missing.count) lines of the page are not printed here, the first: \"\(Self.shown(missing[0]))\"",
                weight: missing.count)
        } else {
            for line in missing {
                comparison.note(
                    "the page has \"\(Self.shown(line))\", which this run does not print")
            }
        }
        if isCut || left.isEmpty { return }
        if left.count > 3 {
            comparison.note(
                "\(left.count) lines printed here are not on the page, the first: \"\(Self.shown(left[0].line))\"",
                weight: left.count)
        } else {
            for entry in left {
                comparison.note(
                    "this run prints \"\(Self.shown(entry.line))\", which the page does not have")
            }
        }
    }

    private static func shown(_ line: String) -> String {
        let text = PageText.trimmed(line)
        return text.count > 100 ? "\(text.prefix(100))…" : text
    }

    private func noteNames(_ page: String, _ here: String, _ comparison: inout PageComparison) {
        let (theirs, ours) = (PageText.words(page), PageText.words(here))
        guard theirs.count <= ours.count else { return }
        for (word, other) in zip(theirs, ours) where word != other {
            let (name, named) = (bare(word), bare(other))
            if PageToken.isRandom(name), PageToken.name(name) == PageToken.name(named) {
                comparison.names.append((name, named))
            }
        }
    }

    private func bare(_ word: String) -> String {
        let text = word.trimmingQuotes
        return text.lastIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
    }

    // MARK: Lines

    /// What is said besides: warnings, which come and go with versions, steps of waiting, and hints of shells.
    private static func isAside(_ line: String) -> Bool {
        let text = PageText.trimmed(line)
        let starts = [
            "Warning:", "Flag --", "kubectl run --generator", "Waiting for", "warning:", "W0", "I0",
            "W1", "I1",
            "If you don't see a command prompt", "DEPRECATED", "^C", "Every ",
        ]
        return starts.contains(where: text.hasPrefix)
    }

    /// A message in the form that versions share: `deployment "web" created` and `deployment.apps/web created`
    /// are both `deployment web created`.
    static func form(_ line: String) -> [String] {
        var words = PageText.words(line)
        guard let first = words.first else { return [] }
        if words.count > 1, first.hasSuffix(":") == false {
            if let slash = first.firstIndex(of: "/"), isKind(first[..<slash]) {
                words =
                    [kind(String(first[..<slash])), String(first[first.index(after: slash)...])]
                    + words.dropFirst()
            } else if words[1].hasPrefix("\""), isKind(first[...]) {
                words[0] = kind(first)
            } else if first.hasPrefix("\""), first.hasSuffix("\"") {
                words = ["*"] + words
            } else if let noun = words.firstIndex(where: { isPlural($0) }) {
                words[noun] = kind(words[noun])
            }
        } else if let noun = words.firstIndex(where: { isPlural($0) }) {
            words[noun] = kind(words[noun])
        }
        if words.count > 4, words.suffix(3).first == "from", words.last == "namespace" {
            words.removeLast(3)
        }
        words = words.map { PageToken.plain($0.trimmingQuotes) }
        if words.first == "VERSION:", words.count == 2, let slash = words[1].lastIndex(of: "/") {
            words[1] = String(words[1][words[1].index(after: slash)...])
        }
        return words
    }

    private static func agrees(_ page: [String], _ here: [String]) -> Bool {
        if page == here { return true }
        if page.first == "*", page.dropFirst().elementsEqual(here.dropFirst()) { return true }
        // A message of this version can say more behind what it did.
        let isDone =
            page.count >= 3 && here.count > page.count && Self.deeds.contains(page.last ?? "")
        return isDone && here.starts(with: page)
    }

    private static let deeds: Set<String> = [
        "deleted", "created", "configured", "scaled", "patched", "exposed",
    ]

    private static func isKind(_ word: Substring) -> Bool {
        !word.isEmpty
            && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "." || $0.isNumber) }
    }

    /// `statefulsets.apps`, in an error.
    private static func isPlural(_ word: String) -> Bool {
        word.contains(".") && word.hasSuffix(".apps")
            || ["deployments", "daemonsets", "statefulsets", "pods", "services", "nodes"].contains(
                word)
    }

    /// A kind in the singular and without its group.
    private static func kind(_ word: String) -> String {
        var name = word.lowercased().prefix { $0 != "." }
        if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
        if name.hasSuffix("sses") { return String(name.dropLast(2)) }
        if name.hasSuffix("s"), !name.hasSuffix("ss"), name != "endpoints" {
            name = name.dropLast()
        }
        return String(name)
    }
}
