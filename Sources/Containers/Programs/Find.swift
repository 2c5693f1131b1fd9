import Patterns
import Tools

extension ContainerProgram {
    static let find = ContainerProgram(
        "find", summary: "finds files: -name -type -maxdepth -delete"
    ) { call in
        var roots: [String] = []
        var words = call.arguments[...]
        while let word = words.first, !word.hasPrefix("-") {
            roots.append(words.removeFirst()); _ = word
        }
        var name: Glob?
        var type: String?
        var depth = Int.max
        var deletes = false
        while let word = words.popFirst() {
            switch word {
            case "-name", "-iname": name = words.popFirst().map { Glob($0) }
            case "-type": type = words.popFirst()
            case "-maxdepth": depth = words.popFirst().flatMap { Int($0) } ?? depth
            case "-print": break
            case "-delete": deletes = true
            default: return call.fail("unrecognized: \(word)")
            }
        }
        var status: Int32 = 0
        var found: [String] = []
        for root in roots.isEmpty ? ["."] : roots {
            var open: [(path: String, depth: Int)] = [(root, 0)]
            while let next = open.popLast() {
                if found.count & 255 == 0, call.space.host.isInterrupted { return 130 }
                do throws(ToolFileProblem) {
                    let place = try call.files.find(call.resolve(next.path), follows: false)
                    let last = ContainerPath.last(of: next.path)
                    let sort = place.node.isFolder ? "d" : place.node.isLink ? "l" : "f"
                    if name?.matches(last) ?? true, type == nil || type == sort {
                        found.append(next.path)
                    }
                    guard place.node.isFolder, next.depth < depth else { continue }
                    open += place.node.names.reversed().map {
                        (ContainerPath.joined(next.path, $0), next.depth + 1)
                    }
                } catch {
                    status = call.fail("\(next.path): \(error.reason)")
                }
            }
        }
        for path in found {
            if deletes {
                try? call.files.remove(call.resolve(path), recursive: false)
            } else {
                call.output.write(path + "\n")
            }
        }
        return status
    }
}
