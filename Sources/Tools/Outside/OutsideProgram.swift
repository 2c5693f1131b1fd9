/// A program that acts on a machine, of which there is none: it says in one line why nothing is to be done,
/// or what does it here.
///
/// What sets up what the simulation has anyway (packages, images, services, completion) ends well, so that
/// what follows it on a page runs. What would have had a result that is missing now fails.
struct OutsideProgram: Sendable {
    enum Answer: Sendable {
        /// Nothing is to be done.
        case done(String)
        /// Nothing is to be done, and nothing to be said of it.
        case silent
        /// What is asked for is not there.
        case refused(String)
    }

    let names: [String]
    let summary: String
    let answer: @Sendable ([String]) -> Answer

    init(
        _ names: String, _ summary: String, _ answer: @escaping @Sendable ([String]) -> Answer
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.summary = summary
        self.answer = answer
    }

    init(_ names: String, _ summary: String, _ answer: Answer) {
        self.init(names, summary) { _ in answer }
    }

    var tool: Tool {
        let answer = answer
        var tool = Tool(
            names[0], aliases: Array(names.dropFirst()), summary: summary, usage: "[ARG]...",
            takesOptions: false
        ) { call throws(ToolStop) in
            switch answer(call.arguments) {
            case .silent: return 0
            case .done(let text):
                call.complain(text)
                return 0
            case .refused(let text): throw .failure(text)
            }
        }
        tool.isOutside = true
        return tool
    }
}

extension [String] {
    /// The first word that is no option.
    var subcommand: String? { first { !$0.hasPrefix("-") } }

    /// The words that are no options.
    var operands: [String] { filter { !$0.hasPrefix("-") } }
}
