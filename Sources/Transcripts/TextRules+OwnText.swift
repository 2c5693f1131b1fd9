import Support

/// Rules that bring our text to the form of 1.20, for additions that a recording cannot know. Each
/// checks that what it takes away is what 1.32 prints given the rest of the line.
extension TextRules {
    static let ownText: [TextRule] = [
        TextRule(
            "explain-unknown-field", .ours, marker: "error: field ",
            change: "1.27, KEP-3515: explain names the kind before it says that a field is missing"
        ) { lines, _ in
            guard let error = lines.last, error.text.hasSuffix(" does not exist"),
                lines.dropLast().allSatisfy({ isExplainHeader($0.text) })
            else { return lines }
            return [error]
        },
        TextRule(
            "cpu-percent-deprecated", .ours, marker: "Flag --cpu-percent has been deprecated",
            change: "1.34: autoscale takes --cpu, and says so"
        ) { lines, context in
            guard context.command.range(of: "--cpu-percent") != nil, lines.count > 1 else {
                return lines
            }
            return lines.filter { $0.text != cpuPercentWarning }
        },
        .message(
            "restart-time", .ours, marker: " ago)", "(  [0-9]+) \\([0-9dhms]+ ago\\)", "\\1",
            change: "1.22: RESTARTS says how long ago the last restart was"),
        .message(
            "request-above-limit", .ours, marker: " limit of ",
            "(must be less than or equal to [a-z./-]+ limit) of [0-9.]+[a-zA-Z]*$", "\\1",
            change: "by 1.32: a request above its limit is told with the limit"),
        TextRule.lines(
            "deployment-scaled-from", .ours, marker: "Scaled ",
            change: "by 1.32: the event says from how many replicas a ReplicaSet was scaled"
        ) { line, _ in
            scaledFrom(line)
        },
        help("scheduler-preemption", marker: "preemption: "),
        help("scheduler-no-help", marker: ". not found"),
        TextRule.lines(
            "scheduler-prefiltered-nodes", .ours, marker: "[NodeAffinity]",
            change: "by 1.32: nodes that a plugin excludes beforehand are counted under that plugin"
        ) { line, _ in
            guard var message = SchedulingMessage(line),
                message.reasons.contains(where: {
                    $0.text == "node(s) didn't satisfy plugin(s) [NodeAffinity]"
                })
            else { return nil }
            message.reasons = message.reasons.map {
                let isOurs = $0.text == "node(s) didn't satisfy plugin(s) [NodeAffinity]"
                return ($0.count, isOurs ? "node(s) didn't match Pod's node affinity" : $0.text)
            }
            return message.line
        },
        .ownColumn(
            "job-status-column", "STATUS", after: "NAME",
            values: [
                "Complete", "Failed", "Suspended", "Running", "Terminating", "FailureTarget",
                "SuccessCriteriaMet",
            ],
            fromRight: 3, change: "by 1.32: the table of Jobs has a STATUS column"),
        .ownColumn(
            "priorityclass-preemption-column", "PREEMPTIONPOLICY", after: "AGE",
            values: ["PreemptLowerPriority", "Never"], fromRight: 0,
            change: "1.32: the table of PriorityClasses has a PREEMPTIONPOLICY column"),
        TextRule(
            "job-ready", .ours, marker: "eady", change: "1.24, KEP-2879: Jobs count ready pods"
        ) { lines, _ in
            jobReady(lines)
        },
        .message(
            "quota-names-containers", .ours, marker: "must specify",
            "(failed quota: [^:]+: must specify [a-z.]+) for: [a-z0-9,-]+$", "\\1",
            change: "by 1.32: the quota's error names the containers that lack a request or limit"),
        TextRule(
            "patch-unknown-field", .ours, marker: "unknown field",
            change: "1.25, KEP-2885: the server warns of unknown fields in a patch"
        ) { lines, context in
            lines.filter { line in
                guard let groups = unknownFieldWarning.groups(in: line.text) else { return true }
                let field = groups[1].split(separator: ".").last ?? ""
                return context.command.range(of: "\"\(field)\"") == nil
            }
        },
    ]

    private static let cpuPercentWarning =
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format "
        + "(e.g., '70%' for utilization or '500m' for milliCPU)."

    /// What the scheduler says of help for a pod that fits nowhere.
    private static func help(_ name: String, marker: String) -> TextRule {
        .lines(
            name, .ours, marker: marker,
            change: "by 1.36: the scheduler adds why nothing helps, or that it did not look"
        ) { line, _ in
            guard var message = SchedulingMessage(line), message.isHelpConsistent else {
                return nil
            }
            message.preemption = nil
            message.isWithoutHelp = false
            return message.line
        }
    }

    private static func isExplainHeader(_ line: String) -> Bool {
        line.isEmpty || ["GROUP:  ", "KIND:  ", "VERSION:  "].contains { line.hasPrefix($0) }
    }

    private static let scaled = TextReplacement(
        "Scaled (up|down) replica set ([^ ]+) from ([0-9]+) to ([0-9]+)",
        "Scaled \\1 replica set \\2 to \\4")
    private static let unknownFieldWarning = TextReplacement(
        "^Warning: unknown field \"([^\"]+)\"$", "")
    private static let readyCount = TextReplacement(
        "^Pods Statuses:  ([0-9]+) Active \\(([0-9]+) Ready\\)", "")

    private static func scaledFrom(_ line: String) -> String? {
        guard let groups = scaled.groups(in: line), let from = Int(groups[3]),
            let to = Int(groups[4]),
            groups[1] == "up" ? from < to : from > to
        else { return nil }
        return scaled.apply(to: line)
    }

    /// `2 Active (2 Ready) / …` in descriptions and `ready: 2` beside `active: 2` in YAML: never
    /// more ready than active.
    private static func jobReady(_ lines: [ExpectedLine]) -> [ExpectedLine] {
        let active = lines.first { $0.text.hasPrefix("  active: ") }.flatMap {
            Int($0.text.dropFirst(10))
        }
        return lines.compactMap { line in
            if let groups = readyCount.groups(in: line.text), let active = Int(groups[1]),
                let ready = Int(groups[2]), ready <= active
            {
                let rest = line.text.dropFirst(groups[0].count)
                return ExpectedLine(
                    "Pods Statuses:  \(active) Active\(rest)", isOptional: line.isOptional)
            }
            if line.text.hasPrefix("  ready: "), let ready = Int(line.text.dropFirst(9)),
                let active,
                ready <= active
            {
                return nil
            }
            return line
        }
    }
}
