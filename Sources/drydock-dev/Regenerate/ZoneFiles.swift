import Foundation
import Model
import Value

/// The table of time zones, from the compiled files of the IANA time zone database.
enum ZoneFiles {
    static let path = "Sources/Model/Batch/ZoneTable.swift"
    private static let indent = "        "
    /// 2025-01-01, when the clock of a world starts.
    private static let start: Int64 = 1_735_689_600

    /// Zones that are the same from then on.
    private struct Rules: Hashable {
        let yearly: String
        /// Changes that the yearly rule does not tell of.
        let changes: [[Int64]]
    }

    /// The table of what is in `folder`, usually /usr/share/zoneinfo.
    static func file(from folder: String) throws -> GeneratedFile {
        var groups: [Rules: [String]] = [:]
        guard let paths = FileManager.default.enumerator(atPath: folder) else {
            throw RegenerateProblem("\(folder): there is no such folder")
        }
        for case let name as String in paths {
            let skipped = ["posix/", "right/", "posixrules", "localtime", "Factory"]
            guard !skipped.contains(where: name.hasPrefix),
                let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let rules = rules(of: [UInt8](data))
            else { continue }
            groups[rules, default: []].append(name)
        }
        guard !groups.isEmpty else { throw RegenerateProblem("\(folder): no time zones in it") }
        let sorted = groups.mapValues { $0.sorted() }.sorted { $0.value[0] < $1.value[0] }
        let lines = sorted.flatMap { rules, names in
            let changes = rules.changes.map { "\($0[0])/\($0[1])" }
            return ["=\(rules.yearly)"] + wrapped(changes, after: "+") + wrapped(names, after: "")
        }
        return GeneratedFile(
            path: path, note: " --zones; see ZoneRules.swift for the notation.",
            body: """
                extension ZoneRules {
                    static let table = #\"""
                \(lines.map { "\(indent)\($0)\n" }.joined())\(indent)\"""#
                }

                """)
    }

    /// Lines of at most 100 characters.
    private static func wrapped(_ words: [String], after sign: String) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count + indent.count < 99 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(sign + word)
            }
        }
        return lines
    }

    /// What a file in the format TZif (RFC 8536) says; nil for another one.
    private static func rules(of bytes: [UInt8]) -> Rules? {
        guard bytes.starts(with: "TZif".utf8) else { return nil }
        func number(_ place: Int, _ size: Int) -> Int64 {
            let value = bytes[place..<place + size].reduce(0) { $0 << 8 | UInt64($1) }
            return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
        }
        /// The numbers of UT and standard indicators, leap seconds, times, types and letters.
        func counts(_ place: Int) -> [Int] { (0..<6).map { Int(number(place + 20 + $0 * 4, 4)) } }
        // The first block, in 32 bits, is for old readers.
        let old = counts(0)
        let head = 44 + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0]
        let new = counts(head)
        let times = head + 44
        let kinds = times + new[3] * 8
        let types = kinds + new[3]
        let footer = types + new[4] * 6 + new[5] + new[2] * 12 + new[1] + new[0]
        let yearly = String(decoding: bytes[(footer + 1)...].prefix { $0 != 10 }, as: UTF8.self)
        var changes: [[Int64]] = []
        for index in 0..<new[3] {
            let offset = number(types + Int(bytes[kinds + index]) * 6, 4)
            if changes.last?[1] == offset { continue }
            changes.append([number(times + index * 8, 8), offset])
        }
        let later = changes.filter { $0[0] > start }
        guard let rule = YearlyRule(yearly) else { return nil }
        func offset(_ seconds: Int64) -> Int64 {
            Int64(rule.offset(at: Timestamp(milliseconds: seconds * 1_000)))
        }
        let isTold = later.allSatisfy { offset($0[0]) == $0[1] && offset($0[0] - 1) != $0[1] }
        let first = changes.last { $0[0] <= start }
        return Rules(yearly: yearly, changes: isTold ? [] : [first].compactMap(\.self) + later)
    }
}
