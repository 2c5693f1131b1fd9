/// The table of field facts as text, one paragraph per type; parsed per type on first use.
///
/// A paragraph begins with the type's name (`#a` after it: server-side apply replaces the map whole).
/// Lines that begin with a blank hold its fields, each `name:shape` and marks:
///
/// | shape | | marks | |
/// |---|---|---|---|
/// | `s b i l d` | string, boolean, int32, int64, double | `!` | required |
/// | `y` | bytes in base64 | `*` | a pointer in Go: an explicit zero is kept |
/// | `q x` | quantity, int-or-string | `+` | a struct that is shown even when empty |
/// | `t m` | time in seconds, in microseconds | `~m ~k ~mk ~r` | patch strategy merge, retainKeys, both, replace |
/// | `r` | anything | `>` | beneath it some field has `+` |
/// | `@Type` | an object; of the same package without it | `/key` `#s #a #m` | merge key; list kind set, atomic, map (by the merge key or by `/a,b`) |
/// | `[shape` `{shape` | a list, a map of it | | |
enum FactsTable {
    /// All paragraphs.
    static let texts = [
        coreAtoN, coreOtoZ, workloads, machinery, extensions, otherGroups,
    ]

    /// The index of the table: names in alphabetical order with the text of their fields.
    static let index: (names: [String], fields: [Substring], atomic: Set<Int>) = {
        var entries: [(name: Substring, isAtomic: Bool, fields: Substring)] = []
        entries.reserveCapacity(400)
        for text in texts {
            var rest = text[...]
            while !rest.isEmpty {
                let heading = rest.prefix { $0 != "\n" }
                rest = rest[heading.endIndex...].dropFirst()
                let start = rest.startIndex
                while rest.utf8.first == UInt8(ascii: " ") {
                    let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                    rest = rest[end...].dropFirst()
                }
                let isAtomic = heading.hasSuffix(" #a")
                entries.append(
                    (
                        isAtomic ? heading.dropLast(3) : heading, isAtomic,
                        text[start..<rest.startIndex]
                    )
                )
            }
        }
        entries.sort { $0.name < $1.name }
        let atomic = Set(entries.indices.filter { entries[$0].isAtomic })
        return (entries.map { String($0.name) }, entries.map(\.fields), atomic)
    }()

    /// The place of a type in the index, by binary search.
    static func position(of name: String) -> Int? {
        let names = index.names
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == name ? low : nil
    }
}
