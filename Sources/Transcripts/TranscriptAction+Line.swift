extension TranscriptAction {
    /// The session's line as it stands in the file: `$ kubectl get pods`, `~ sleep 5`.
    package var line: String {
        switch self {
        case .command(let command, _): "$ \(command)"
        case .settle: "~ settle"
        case .sleep(let milliseconds): "~ sleep \(milliseconds / 1000)"
        case .failNode(let node): "~ fail-node \(node)"
        case .recoverNode(let node): "~ recover-node \(node)"
        case .addNode(let node): "~ add-node \(node)"
        case .removeNode(let node): "~ remove-node \(node)"
        case .background(let command): "~ background $ \(command)"
        case .foreground: "~ foreground"
        }
    }
}
