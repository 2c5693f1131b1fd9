import Tools
import Value

extension ContainerProgram {
    static let ls = ContainerProgram(
        "ls", aliases: ["ll"], summary: "lists files: -l -a -A -1 -d -R -t -r -h -i"
    ) { call in
        var (letters, _, operands) = call.options()
        if call.name == "ll" { letters.insert("l") }
        let known: Set<Character> = Set("laA1dRtrhiFpnSgoCx")
        if let other = letters.subtracting(known).sorted().first {
            return call.fail("invalid option -- '\(other)'", status: 2)
        }
        return FileLister(call: call, letters: letters).list(operands.isEmpty ? ["."] : operands)
    }
}

/// `ls`, as it prints where nobody sits at a terminal: one entry on each line.
private struct FileLister {
    let call: ProgramCall
    let letters: Set<Character>

    func list(_ paths: [String]) -> Int32 {
        var status: Int32 = 0
        var files: [(name: String, node: FileNode)] = []
        var folders: [(name: String, path: String)] = []
        for path in paths {
            let full = call.resolve(path)
            do throws(ToolFileProblem) {
                let isLong = letters.contains("l") && !path.hasSuffix("/")
                let place = try call.files.find(full, follows: !isLong && !letters.contains("d"))
                if place.node.isFolder, !letters.contains("d") {
                    folders.append((path, full))
                } else {
                    files.append((path, place.node))
                }
            } catch {
                status = call.space.image.family == .debian ? 2 : 1
                call.error.write(
                    call.space.image.family == .debian
                        ? "ls: cannot access '\(path)': \(error.reason)\n"
                        : "ls: \(path): \(error.reason)\n")
            }
        }
        write(ordered(files))
        let hasHeadings = paths.count > 1 || letters.contains("R")
        var isFirst = files.isEmpty
        var open = Array(folders.reversed())
        var count = 0
        while let folder = open.popLast() {
            count += 1
            if count & 255 == 0, call.space.host.isInterrupted { return 130 }
            if hasHeadings { call.output.write("\(isFirst ? "" : "\n")\(folder.name):\n") }
            isFirst = false
            guard let entries = entries(folder.name, folder.path) else {
                status = 1
                continue
            }
            if letters.contains("l") {
                let blocks = entries.reduce(0) { $0 + ($1.node.size + 4095) / 4096 * 4 }
                call.output.write("total \(blocks)\n")
            }
            write(entries)
            guard letters.contains("R") else { continue }
            open += entries.filter { $0.node.isFolder && $0.name != "." && $0.name != ".." }
                .reversed().map {
                    (
                        ContainerPath.joined(folder.name, $0.name),
                        ContainerPath.joined(folder.path, $0.name)
                    )
                }
        }
        return status
    }

    private func entries(_ name: String, _ path: String) -> [(name: String, node: FileNode)]? {
        do throws(ToolFileProblem) {
            var names = try call.files.list(path)
            if !letters.contains("a"), !letters.contains("A") {
                names.removeAll { $0.hasPrefix(".") }
            }
            if letters.contains("a") { names += [".", ".."] }
            var found: [(name: String, node: FileNode)] = []
            for name in names {
                let full = ContainerPath.resolved(name, in: path)
                guard let place = try? call.files.find(full, follows: false) else { continue }
                found.append((name, place.node))
            }
            return ordered(found)
        } catch {
            call.error.write("ls: can't open '\(name)': \(error.reason)\n")
            return nil
        }
    }

    private func ordered(_ entries: [(name: String, node: FileNode)]) -> [(
        name: String, node: FileNode
    )] {
        let sorted = entries.sorted { left, right in
            if letters.contains("t"), left.node.modified != right.node.modified {
                return left.node.modified > right.node.modified
            }
            if letters.contains("S"), left.node.size != right.node.size {
                return left.node.size > right.node.size
            }
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        return letters.contains("r") ? sorted.reversed() : sorted
    }

    private func write(_ entries: [(name: String, node: FileNode)]) {
        guard letters.contains("l") else {
            for entry in entries { call.output.write(marked(entry) + "\n") }
            return
        }
        let rows = entries.map { entry -> [String] in
            let node = entry.node
            let space = call.space
            let isNumeric = letters.contains("n")
            let owner = isNumeric ? nil : space.userName(node.owner)
            let group = isNumeric ? nil : space.groupName(node.group)
            var name = marked(entry)
            if case .link(let target) = node.content { name += " -> \(target)" }
            return [
                FileText.mode(node),
                String(
                    node.isFolder ? node.names.filter { node[$0]?.isFolder == true }.count + 2 : 1),
                owner ?? String(node.owner), group ?? String(node.group),
                letters.contains("h") ? FileText.size(node.size) : String(node.size),
                FileText.date(node.modified, now: call.clock.now), name,
            ]
        }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let links = String(repeating: " ", count: widths[1] - row[1].count) + row[1]
            let size = String(repeating: " ", count: widths[4] - row[4].count) + row[4]
            call.output.write(
                "\(row[0]) \(links) \(row[2].padded(to: widths[2])) \(row[3].padded(to: widths[3])) "
                    + "\(size) \(row[5]) \(row[6])\n")
        }
    }

    private func marked(_ entry: (name: String, node: FileNode)) -> String {
        guard letters.contains("F") || letters.contains("p") else { return entry.name }
        return entry.name
            + (entry.node.isFolder ? "/" : letters.contains("F") && entry.node.isLink ? "@" : "")
    }
}

/// What `ls` and `stat` say of files.
enum FileText {
    /// `drwxr-xr-x`.
    static func mode(_ node: FileNode) -> String {
        var text = node.isFolder ? "d" : node.isLink ? "l" : "-"
        if case .device = node.content { text = "c" }
        for shift in [6, 3, 0] {
            let bits = node.mode >> shift
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            let isSpecial =
                shift == 6
                ? node.mode & 0o4000 != 0
                : shift == 3 ? node.mode & 0o2000 != 0 : node.mode & 0o1000 != 0
            let letter = shift == 0 ? "t" : "s"
            text +=
                isSpecial
                ? (bits & 1 != 0 ? letter : letter.uppercased()) : bits & 1 != 0 ? "x" : "-"
        }
        return text
    }

    /// `4.0K`.
    static func size(_ bytes: Int) -> String {
        if bytes < 1024 { return String(bytes) }
        var tenths = bytes * 10 / 1024
        for unit in ["K", "M", "G", "T"] {
            if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10)\(unit)" }
            tenths /= 1024
        }
        return "\(tenths / 10)P"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Jan  1 00:05`; of what is older than half a year `Jan  1  2025`.
    static func date(_ instant: Int64, now: Int64) -> String {
        let text = (Timestamp.zero + Duration(milliseconds: instant)).text
        let parts = text.prefix(10).split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]) else {
            return text
        }
        let time = text.dropFirst(11).prefix(5)
        let isOld = now - instant > 15_778_476_000
        return "\(months[(month - 1) % 12]) \(day < 10 ? " " : "")\(day) "
            + (isOld ? " \(parts[0])" : String(time))
    }
}
