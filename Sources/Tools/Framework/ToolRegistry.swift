/// The registry of tools: one row each.
package enum ToolRegistry {
    package static let all: [Tool] =
        [
            .alias, .awk, .base64, .basename, .cat, .cd, .clear, .cmp, .column, .command, .cp,
            .curl, .cut,
            .date, .diff,
            .dirname, .dirs, .echo, .env, .false, .file, .find, .grep, .head, .history, .hostname,
            .id, .jq, .k3d,
            .kind, .kubeadm,
            .kubens, .less, .ls, .minikube, .mkdir, .mv, .nc, .nl, .paste, .ping, .popd, .printenv,
            .printf,
            .pushd, .pwd, .realpath,
            .rev, .rm, .rmdir,
            .sed, .seq, .sleep, .sort, .stat, .sudo, .tac, .tail, .tee, .telnet, .test, .time,
            .timeout,
            .touch, .tr, .tree, .true,
            .type, .unalias, .uniq, .vi, .watch, .wc, .wget, .which, .whoami, .xargs,
        ] + OutsidePrograms.all.map(\.tool)

    private static let byName: [String: Tool] = {
        var tools: [String: Tool] = [:]
        for tool in all {
            for name in [tool.name] + tool.aliases { tools[name] = tool }
        }
        return tools
    }()

    /// The tool of a name, which may be a path such as `/bin/cat`; nil when there is none.
    package static func tool(named name: String) -> Tool? {
        byName[name] ?? name.split(separator: "/").last.flatMap { byName[String($0)] }
    }

    /// All names that begin a call, sorted.
    package static var names: [String] { byName.keys.sorted() }

    /// Runs a tool by its words and answers its exit status; messages go to `error`.
    ///
    /// - Parameter words: the name first; it must be that of a tool.
    package static func run(
        _ tool: Tool, _ words: [String], input: ToolInput, output: ToolOutput, error: ToolOutput,
        in context: ToolContext
    ) -> Int32 {
        let name = words.first?.split(separator: "/").last.map(String.init) ?? tool.name
        let call = ToolCall(
            tool, name: name, arguments: Array(words.dropFirst()), input: input, output: output,
            error: error, context: context)
        if tool.takesOptions, call.arguments == ["--help"] {
            output.write(tool.help)
            return 0
        }
        do throws(ToolStop) {
            let status = try tool.run(call)
            if output.isFull {
                call.complain("more than \(context.limits.outputBytes) bytes of output")
                return 1
            }
            return status
        } catch {
            switch error {
            case .failure(let message, let status):
                call.complain(message)
                return status
            case .usage(let message):
                call.complain(message)
                call.error.write(
                    tool.usageHint ?? "Try '\(name) --help' for more information.\n")
                return tool.usageStatus
            case .status(let status): return status
            case .interrupted: return 130
            }
        }
    }
}
