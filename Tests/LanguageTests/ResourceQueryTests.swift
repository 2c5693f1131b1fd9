import Testing

@testable import Language

@Suite("Resource queries")
struct ResourceQueryTests {
    private static let pods = KindFacts(
        id: 1, kind: "Pod", resource: "pods", isNamespaced: true)

    @Test(
        "are written as the script writes them",
        arguments: [
            (ResourceQuery(kind: pods, writtenKind: "pod", name: "web"), "pod/web"),
            (
                ResourceQuery(
                    kind: pods, writtenKind: "po", name: "web", namespace: .named("shop")),
                "po/web@shop"
            ),
            (
                ResourceQuery(kind: pods, writtenKind: "pods", name: nil, namespace: .all),
                "pods@*[]"
            ),
            (
                ResourceQuery(
                    kind: pods, writtenKind: "pods", name: nil,
                    requirements: [
                        LabelRequirement(key: "app", relation: .equal, values: ["web"]),
                        LabelRequirement(key: "tier", relation: .noneOf, values: ["a", "b"]),
                        LabelRequirement(key: "old", relation: .absent),
                    ]),
                "pods[app=web, tier notin (a, b), !old]"
            ),
        ])
    func text(query: ResourceQuery, text: String) {
        #expect(query.text == text)
    }
}
