import Testing

@testable import Printers

@Suite struct ExplanationTests {
    private static let fields = [
        Explanation.Field(
            name: "replicas", type: "integer",
            description: "How many pods shall run, as long as nothing stands against it; one if the"
                + " field is absent."),
        Explanation.Field(
            name: "selector", type: "LabelSelector", isRequired: true, description: "Which pods.",
            fields: [Explanation.Field(name: "matchLabels", type: "map[string]string")]),
        Explanation.Field(
            name: "mode", type: "string", allowedValues: ["", "A", "B", "C", "D"]),
    ]

    @Test func aKindListsItsFields() {
        let explanation = Explanation(
            group: "apps", kind: "Deployment", version: "v1", descriptions: ["Keeps pods running."],
            fields: Self.fields)
        #expect(
            explanation.text() == """
                GROUP:      apps
                KIND:       Deployment
                VERSION:    v1

                DESCRIPTION:
                    Keeps pods running.
                \("    ")
                FIELDS:
                  replicas\t<integer>
                    How many pods shall run, as long as nothing stands against it; one if the
                    field is absent.

                  selector\t<LabelSelector> -required-
                    Which pods.

                  mode\t<string>
                  enum: "", A, B, C, ....
                    <no description>



                """)
    }

    @Test func recursionLeavesDescriptionsOut() {
        let explanation = Explanation(
            group: "", kind: "Pod", version: "v1", descriptions: [], fields: Self.fields)
        #expect(
            explanation.text(isRecursive: true) == """
                KIND:       Pod
                VERSION:    v1

                DESCRIPTION:
                    <empty>
                FIELDS:
                  replicas\t<integer>
                  selector\t<LabelSelector> -required-
                    matchLabels\t<map[string]string>
                  mode\t<string>
                  enum: "", A, B, C, ....


                """)
    }

    @Test func aFieldShowsItsTypeAndValues() {
        var field = Self.fields[2]
        let explanation = Explanation(
            group: "apps", kind: "D", version: "v1", field: field,
            descriptions: ["Text.", "", "Its type."], fields: [])
        #expect(
            explanation.text() == """
                GROUP:      apps
                KIND:       D
                VERSION:    v1

                FIELD: mode <string>
                ENUM:
                    ""
                    A
                    B
                    C
                    D

                DESCRIPTION:
                    Text.
                    Its type.
                \("    ")


                """)
        field.allowedValues = []
        let plain = Explanation(
            group: "", kind: "D", version: "v1", field: field,
            descriptions: ["Text.", "", "Its type."], fields: [])
        #expect(plain.text().contains("\nFIELD: mode <string>\n\n\nDESCRIPTION:\n"))
    }

    @Test(arguments: [
        ("aa bb cc", 5, ["aa bb", "cc"]),
        ("aaaaaaaa bb", 5, ["aaaaaaaa", "bb"]),
        ("", 5, [""]),
        ("aa bb", 4, ["aa", "bb"]),
    ])
    func linesBreakBetweenWords(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(Explanation.wrapped(text, width: width) == lines)
    }
}
