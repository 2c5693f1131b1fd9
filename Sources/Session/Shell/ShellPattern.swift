import Patterns
import Tools

extension Glob {
    /// A glob from characters of which the quoted ones are plain.
    init(_ characters: some Sequence<ShellCharacter>) {
        self.init(
            characters.map { next in
                next.isQuoted ? Glob.escaped(String(next.value)) : String(next.value)
            }.joined())
    }

    /// The paths of a folder that fit, part by part, in byte order; names that begin with a dot are
    /// left out.
    static func expand(
        _ characters: [ShellCharacter], in folder: MemoryFolder, from directory: String
    ) -> [String] {
        let isAbsolute = characters.first?.value == "/"
        var found = [isAbsolute ? "/" : ""]
        for part in characters.split(whereSeparator: { $0.value == "/" }) {
            let glob = Glob(part)
            var next: [String] = []
            for base in found {
                let prefix = base.isEmpty || base.hasSuffix("/") ? base : base + "/"
                let place = base.hasPrefix("/") ? base : directory + "/" + base
                if let plain = glob.plainText {
                    if folder.exists(place + "/" + plain) { next.append(prefix + plain) }
                } else if let names = try? folder.list(place) {
                    next += names.filter { !$0.hasPrefix(".") && glob.matches($0) }.map {
                        prefix + $0
                    }
                }
            }
            found = next
        }
        return found
    }
}

/// A character of a word after expansion, with the knowledge whether it was quoted.
struct ShellCharacter {
    var value: Character
    var isQuoted: Bool
}
