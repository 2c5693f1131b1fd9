/// What happened in a scenario, drawn; for reports that show it.
package struct ScenarioPicture: Codable, Sendable {
    /// For readers without a program: lines of signs. Empty where there is nothing to draw.
    package let text: String
    /// A page of its own.
    package let page: String

    package init(text: String, page: String) {
        self.text = text
        self.page = page
    }
}
