extension ExpectationFailure.Part {
    /// The value on one line; a text without its quotes.
    package var shown: String {
        if let text = value.string { return text }
        return Rendering.short(value)
    }

    /// What the part names, if there is no such object.
    package var absentName: String? { value.absentObject?.query.text }
}
