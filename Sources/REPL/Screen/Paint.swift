/// Colours of the terminal.
enum Paint: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case dim = "2"

    func callAsFunction(_ text: some StringProtocol) -> String {
        "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}

/// What a word in a column of states says: all is well, something is under way, something is wrong.
enum StateMeaning {
    static func paint(of state: Substring) -> Paint? {
        // "Ready,SchedulingDisabled": the worst of them counts.
        let parts = state.split(separator: ",")
        if parts.count > 1 {
            let paints = parts.map { paint(of: $0) }
            return paints.contains(.red)
                ? .red : paints.contains(.yellow) ? .yellow : paints.first ?? nil
        }
        if state.hasPrefix("Init:") {
            let rest = state.dropFirst(5)
            return paint(of: rest) == .red ? .red : .yellow
        }
        if good.contains(state) { return .green }
        if underWay.contains(state) { return .yellow }
        if bad.contains(state) || state.hasPrefix("ExitCode:") || state.hasPrefix("Signal:") {
            return .red
        }
        if state.hasSuffix("BackOff") || state.hasSuffix("Error") || state.hasPrefix("Err") {
            return .red
        }
        return nil
    }

    private static let good: Set<Substring> = [
        "Running", "Succeeded", "Completed", "Complete", "Ready", "Bound", "Active", "Available",
        "Healthy", "Approved,Issued", "Approved",
    ]
    private static let underWay: Set<Substring> = [
        "Pending", "ContainerCreating", "PodInitializing", "Terminating", "Waiting", "Unknown",
        "Released", "SchedulingDisabled", "SchedulingGated", "Suspended", "Warning",
        "NotReady,Unknown",
        "ContainerStatusUnknown",
    ]
    private static let bad: Set<Substring> = [
        "Failed", "OOMKilled", "Evicted", "NotReady", "Lost", "DeadlineExceeded", "Denied",
        "ContainerCannotRun", "InvalidImageName", "ErrImageNeverPull", "Unschedulable",
    ]
}
