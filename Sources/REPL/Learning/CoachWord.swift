import Learner

/// The words of an exercise's prompt.
enum CoachWord: String, CaseIterable {
    case task
    case goals
    case hint
    case check
    case next
    case reset
    case skip
    case solution
    case debrief
    case notes
    case words
    case quit

    /// Reads a line: the word and what follows it; nil where it is a statement.
    static func read(_ line: String) -> (word: CoachWord, rest: String)? {
        let parts = line.split(whereSeparator: \.isWhitespace)
        guard let first = parts.first, let word = named(String(first)) else { return nil }
        let rest = line.drop(while: \.isWhitespace).dropFirst(first.count)
            .drop(while: \.isWhitespace)
        guard !line.contains("\n") else { return nil }
        switch word {
        case .notes: return (word, String(rest))
        case .solution where parts.count == 2 && parts[1] == "--anyway":
            return (word, String(rest))
        case .task, .goals, .hint, .check, .next, .reset, .skip, .solution, .debrief, .words, .quit:
            return parts.count == 1 ? (word, "") : nil
        }
    }

    /// A word by its name, in English or Chinese.
    private static func named(_ name: String) -> CoachWord? {
        if name == "exit" { return .quit }
        // `help WORD` is the prompt's own.
        if name == "help" { return .words }
        return CoachWord(rawValue: name) ?? allCases.first { $0.chinese.contains(name) }
    }

    private var chinese: [String] {
        switch self {
        case .task: ["任务"]
        case .goals: ["目标"]
        case .hint: ["提示"]
        case .check: ["检查"]
        case .next: ["下一题"]
        case .reset: ["重来", "重置"]
        case .skip: ["跳过"]
        case .solution: ["解法", "答案"]
        case .debrief: ["讲解"]
        case .notes: ["笔记"]
        case .words: ["命令", "帮助"]
        case .quit: ["退出"]
        }
    }

    /// What it does.
    var help: Phrase {
        switch self {
        case .task: .helpTask
        case .goals: .helpGoals
        case .hint: .helpHint
        case .check: .helpCheck
        case .next: .helpNext
        case .reset: .helpReset
        case .skip: .helpSkip
        case .solution: .helpSolution
        case .debrief: .helpDebrief
        case .notes: .helpNotes
        case .words: .helpWords
        case .quit: .helpQuit
        }
    }

    /// The name as a learner of the language reads it first.
    func name(in tongue: Tongue) -> String {
        switch tongue {
        case .english: rawValue
        case .chinese: "\(rawValue)（\(chinese[0])）"
        }
    }
}
