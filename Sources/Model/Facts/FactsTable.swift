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
        var entries: [(name: String, isAtomic: Bool, fields: Substring)] = []
        entries.reserveCapacity(600)
        // Bytes throughout: every process that reads a manifest goes through the whole table here.
        let newline = UInt8(ascii: "\n")
        for text in texts {
            var rest = text.utf8[...]
            while !rest.isEmpty {
                let end = rest.firstIndex(of: newline) ?? rest.endIndex
                var heading = rest[..<end]
                let isAtomic = heading.last == UInt8(ascii: "a") && heading.contains(blank)
                if isAtomic { heading = heading.prefix { $0 != blank } }
                rest = rest[end...].dropFirst()
                let start = rest.startIndex
                while rest.first == blank {
                    rest = rest[(rest.firstIndex(of: newline) ?? rest.endIndex)...].dropFirst()
                }
                let fields = text[start..<rest.startIndex]
                entries.append((String(Substring(heading)), isAtomic, fields))
            }
        }
        entries.sort { $0.name < $1.name }
        let atomic = Set(entries.indices.filter { entries[$0].isAtomic })
        return (entries.map(\.name), entries.map(\.fields), atomic)
    }()

    private static let blank = UInt8(ascii: " ")

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
