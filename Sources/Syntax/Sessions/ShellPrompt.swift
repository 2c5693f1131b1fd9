/// What a shell shows before it reads a command, at the beginning of a line of a page or a terminal's text:
/// `$ `, `root@host:~# `, `[root@k8s-master ~]# `, `PS C:\> `, `[2.5s] > `.
package struct ShellPrompt: Hashable, Sendable {
    package enum Kind: Sendable {
        /// Stands before nothing but commands.
        case plain
        /// `#` with a known program behind it: a prompt of root's or a comment, which only the lines around
        /// it tell.
        case hash
        /// A shell inside a container: `/ # `.
        case container
        /// Drydock's own, `[0s] > `: a statement follows.
        case own
    }

    package let kind: Kind
    /// The bytes from the beginning of the line to the command.
    package let length: Int

    /// The prompt that a line begins with; nil where it begins with none.
    ///
    /// Marks that stand for other things as well (`$name`, `host#`, `>`, `%`, `➜`) count only where one of the
    /// programs follows that pages call. O(length of the prompt).
    package init?(of line: some StringProtocol) {
        self.init(bytes: ArraySlice(Array(line.utf8.prefix(Self.longest + 40))))
    }

    /// The longest prompt that is looked for, in bytes.
    private static let longest = 120

    private init(_ kind: Kind, upTo end: Int, of line: ArraySlice<UInt8>) {
        self.kind = kind
        length = Self.afterBlanks(line, end) - line.startIndex
    }

    init?(bytes line: ArraySlice<UInt8>) {
        let start = Self.afterBlanks(line, line.startIndex)
        guard start < line.endIndex, let found = Self.find(line, at: start) else { return nil }
        self.init(found.kind, upTo: found.end, of: line)
    }

    private typealias Found = (kind: Kind, end: Int)

    private static func find(_ line: ArraySlice<UInt8>, at start: Int) -> Found? {
        switch line[start] {
        case dollar: return dollarSign(line, start)
        case hash:
            let command = afterBlanks(line, start + 1)
            return PromptPrograms.begin(line[command...]) ? (.hash, start + 1) : nil
        case UInt8(ascii: ">"), UInt8(ascii: "%"):
            let command = afterBlanks(line, start + 1)
            return PromptPrograms.beginKubectl(line[command...]) ? (.plain, start + 1) : nil
        case UInt8(ascii: "["): return bracketed(line, start)
        case UInt8(ascii: "("):
            // `(base) user@host:~$`: what stands in front of a prompt.
            guard let close = line[start...].prefix(60).firstIndex(of: UInt8(ascii: ")")) else {
                return nil
            }
            let next = afterBlanks(line, close + 1)
            return next < line.endIndex ? find(line, at: next) : nil
        case 0xE2, 0xC2, 0xCE: return sign(line, start)
        default: return word(line, start)
        }
    }

    /// `$ command`, `$` alone, and `$command` where the command is a known one.
    private static func dollarSign(_ line: ArraySlice<UInt8>, _ start: Int) -> Found? {
        let next = start + 1
        if next == line.endIndex || isBlank(line, next) { return (.plain, next) }
        return PromptPrograms.begin(line[next...]) ? (.plain, next) : nil
    }

    /// `[root@host ~]# `, and Drydock's `[2.5s] > `.
    private static func bracketed(_ line: ArraySlice<UInt8>, _ start: Int) -> Found? {
        guard let close = line[start...].prefix(longest).firstIndex(of: UInt8(ascii: "]")) else {
            return nil
        }
        let mark = afterBlanks(line, close + 1)
        guard mark < line.endIndex else { return nil }
        let inside = line[(start + 1)..<close]
        if line[mark] == UInt8(ascii: ">"), inside.first.map(Characters.isDigit) == true,
            inside.allSatisfy({ Characters.isDigit($0) || "dhms.".utf8.contains($0) })
        {
            return (.own, mark + 1)
        }
        guard marks.contains(line[mark]) else { return nil }
        let isSure = inside.contains(at) || inside.contains(UInt8(ascii: "~"))
        let command = afterBlanks(line, mark + 1)
        if command == line.endIndex, inside.contains(where: Characters.isLetter),
            line[mark] != UInt8(ascii: "%")
        {
            return (.plain, mark + 1)
        }
        return isSure && line[mark] != UInt8(ascii: ">")
            || PromptPrograms.begin(line[command...]) ? (.plain, mark + 1) : nil
    }

    /// `➜  ~ kubectl get pods`, `❯ kubectl`, `λ kubectl`, `└─$ kubectl`: up to five words before a known
    /// program.
    private static func sign(_ line: ArraySlice<UInt8>, _ start: Int) -> Found? {
        var place = start
        for _ in 0..<6 {
            while place < line.endIndex, !isBlank(line, place) { place += 1 }
            let next = afterBlanks(line, place)
            guard next > place, next - start < longest else { return nil }
            if PromptPrograms.begin(line[next...]) {
                return isSign(line, start) ? (.plain, next) : nil
            }
            place = next
        }
        return nil
    }

    /// Whether the character is one that prompts begin with, not a letter of some script or a list's dot.
    private static func isSign(_ line: ArraySlice<UInt8>, _ start: Int) -> Bool {
        let signs = ["➜", "❯", "λ", "»", "▶", "⇒", "→", "└", "╰", "⚡", "⟩", "❱", "☸"]
        return signs.contains { line[start...].starts(with: $0.utf8) }
    }

    /// Prompts that begin with a word: `user@host:~$`, `PS C:\>`, `~/k8s$`, `master $`, `bash-4.2#`.
    private static func word(_ line: ArraySlice<UInt8>, _ start: Int) -> Found? {
        let limit = min(line.endIndex, start + longest)
        if line[start...].starts(with: "PS ".utf8), let end = power(line, start + 3, limit) {
            return (.plain, end)
        }
        var end = start
        while end < limit, !isBlank(line, end), !isMark(line, end) { end += 1 }
        guard end < limit, end > start, isHost(line[start..<end]) else { return nil }
        let name = line[start..<end]
        let isAt = name.contains(at)
        var mark = afterBlanks(line, end)
        guard mark < limit else { return nil }
        if isAt, !isMark(line, mark) {
            // `root@host ~ #`: one word for the folder.
            var folder = mark
            while folder < limit, !isBlank(line, folder), !isMark(line, folder) { folder += 1 }
            guard isHost(line[mark..<folder]) else { return nil }
            mark = afterBlanks(line, folder)
        }
        guard mark < limit else { return nil }
        if !isMark(line, mark) { return host(line, name, mark, limit) }
        return judge(line, name, from: start, wordEnd: end, mark: mark)
    }

    /// `MacBook-Air:~ sangam$ `: a folder behind the name of the machine, and a user.
    private static func host(
        _ line: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, _ start: Int, _ limit: Int
    ) -> Found? {
        guard name.contains(UInt8(ascii: ":")), name.last != UInt8(ascii: ":") else { return nil }
        var end = start
        while end < limit, !isBlank(line, end), !isMark(line, end) { end += 1 }
        guard end < limit, line[end] == dollar || line[end] == hash, isHost(line[start..<end])
        else {
            return nil
        }
        let next = end + 1
        let isEnd = next == line.endIndex || isBlank(line, next)
        return isEnd
            && (next == line.endIndex || afterBlanks(line, next) == line.endIndex
                || PromptPrograms.begin(line[afterBlanks(line, next)...]))
            ? (.plain, next) : nil
    }

    /// Whether what stands before a mark makes it a prompt's.
    private static func judge(
        _ line: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, from start: Int, wordEnd: Int,
        mark: Int
    ) -> Found? {
        let next = mark + 1
        let command = afterBlanks(line, next)
        let isProgram = PromptPrograms.begin(line[command...])
        let isEnd = next == line.endIndex
        let sign = line[mark]
        if name.contains(at) {
            if isProgram { return (.plain, next) }
            let isSure = sign == dollar || sign == hash
            return isSure && (isEnd || isBlank(line, next)) ? (.plain, next) : nil
        }
        let isFolder = name.first == UInt8(ascii: "/") || name.first == UInt8(ascii: "~")
        if isFolder, sign == hash || sign == dollar {
            // A path and a mark with blanks around it is what shells in containers show.
            if mark > wordEnd, name.count == 1, isEnd || isBlank(line, next) {
                return (sign == hash ? .container : .plain, next)
            }
            return isProgram ? (.plain, next) : nil
        }
        guard isProgram, name.contains(where: Characters.isLetter) else { return nil }
        // `get # kubectl …` is a comment, `x > cat` a redirection: such a mark stands right behind the name.
        if sign == dollar || sign == UInt8(ascii: "%") { return (.plain, next) }
        return mark == wordEnd ? (.plain, next) : nil
    }

    /// The end of `C:\Users\x>` or `/home/x>` behind `PS `.
    private static func power(_ line: ArraySlice<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        guard start + 1 < limit else { return nil }
        let isPath =
            line[start + 1] == UInt8(ascii: ":") || line[start] == UInt8(ascii: "/")
            || line[start] == UInt8(ascii: "~")
        guard isPath, let end = line[start..<limit].firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        return end + 1
    }

    // MARK: Characters

    private static let dollar = UInt8(ascii: "$")
    private static let hash = UInt8(ascii: "#")
    private static let at = UInt8(ascii: "@")
    private static let marks: [UInt8] = Array("#$%>".utf8)

    private static func isMark(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        marks.contains(line[place])
    }

    /// What names of hosts, users and folders have.
    private static func isHost(_ word: ArraySlice<UInt8>) -> Bool {
        !word.isEmpty
            && word.allSatisfy {
                Characters.isNamePart($0) || $0 > 127 || "-.:~/@\\+".utf8.contains($0)
            }
    }

    /// A blank of one byte, or the first of a no-break space.
    private static func isBlank(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        Characters.isBlank(line[place])
            || line[place] == 0xC2 && place + 1 < line.endIndex && line[place + 1] == 0xA0
    }

    private static func afterBlanks(_ line: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < line.endIndex, isBlank(line, place) {
            place += line[place] == 0xC2 ? 2 : 1
        }
        return place
    }
}
