/// The names of images as kubectl reads them.
enum ImageReference {
    /// Whether the text is an image's name: lower-case path, then tag or digest.
    /// Source: distribution's reference.Parse.
    static func isValid(_ text: String) -> Bool {
        let name = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)[0]
        guard let last = name.split(separator: "/", omittingEmptySubsequences: false).last,
            !name.isEmpty
        else { return false }
        let parts = last.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = parts.first, !base.isEmpty else { return false }
        return base.allSatisfy {
            $0.isASCII && ($0.isLowercase || $0.isNumber || "._-".contains($0))
        } && parts.allSatisfy { !$0.isEmpty }
    }
}
