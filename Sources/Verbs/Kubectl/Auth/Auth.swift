extension Verb {
    /// `kubectl auth`.
    static let auth: Verb = {
        var verb = Verb("auth", summary: "Ask who one is and what one may do")
        verb.examples = ["auth can-i create pods", "auth can-i list secrets --as=bob"]
        verb.subverbs = [
            canI,
            authReconcile,
            whoAmI,
        ]
        return verb
    }()
}
