extension StringProtocol {
    /// The text without the characters at both ends for which `isTrimmed` holds.
    public func trimmed(_ isTrimmed: (Character) -> Bool) -> String {
        guard let start = firstIndex(where: { !isTrimmed($0) }),
            let end = lastIndex(where: { !isTrimmed($0) })
        else { return "" }
        return String(self[start...end])
    }
}
