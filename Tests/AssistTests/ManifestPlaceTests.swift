import Model
import Testing

@testable import Assist

@Suite("A cursor in a manifest")
struct ManifestPlaceTests {
    private static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          template:
            spec:
              containers:
              - name: a
                image: nginx
                ports:
                - containerPort: 80
              - name: b

        """

    private func place(_ marked: String) -> ManifestPlace {
        let halves = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let after = halves[1].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        return ManifestPlace(
            before: halves[0].split(separator: "\n", omittingEmptySubsequences: false),
            after: Array(after))
    }

    @Test(
        "stands where the indentation says",
        arguments: [
            ("|", "", "field"), ("sp|", "", "field"), ("  str|", "spec", "field"),
            ("          im|", "spec template spec containers []", "field"),
            ("      - |", "spec template spec containers []", "field"),
            ("      - name: c\n        im|", "spec template spec containers []", "field"),
            ("        ports:\n        - |", "spec template spec containers [] ports []", "field"),
            (
                "        ports:\n        - containerPort: 1\n          pro|",
                "spec template spec containers [] ports []", "field"
            ),
            (
                "        imagePullPolicy: Al|",
                "spec template spec containers [] imagePullPolicy", "value"
            ),
            ("  # a comment\n\n  re|", "spec", "field"), ("---\nki|", "", "field"),
        ] as [(String, String, String)])
    func paths(marked: String, path: String, due: String) {
        let found = place(Self.deployment + marked)
        #expect("\(found.due)" == due)
        if marked.contains("im|") && !marked.contains("name: c") { return }
        #expect(found.path.joined(separator: " ") == path)
    }

    @Test("proposes fields that are not there yet, and the values of enumerations")
    func candidates() {
        let fields = place(Self.deployment + "        |").candidates(.builtIn).map(\.text)
        #expect(fields.contains("image:") && fields.contains("env:") && !fields.contains("name:"))
        let values = place(Self.deployment + "        imagePullPolicy: |").candidates(.builtIn)
        #expect(values.map(\.text) == ["Always", "IfNotPresent", "Never"])
        let flags = place(Self.deployment + "      hostNetwork: |").candidates(.builtIn)
        #expect(flags.map(\.text) == ["true", "false"])
        #expect(place("kind: Dep|").candidates(.builtIn).map(\.text).contains("Deployment"))
        #expect(
            place("kind: Deployment\napiVersion: |").candidates(.builtIn).map(\.text) == ["apps/v1"]
        )
        #expect(place("|").candidates(.builtIn).map(\.text).contains("kind: "))
        let before = place("metadata:\n  |\n  name: x\nkind: Pod\n").candidates(.builtIn).map(
            \.text)
        #expect(before.contains("labels:") && !before.contains("name:"))
        #expect(place("kind: Nothing\nspec:\n  |").candidates(.builtIn).isEmpty)
    }
}

@Suite("Objects in manifests")
struct ManifestTextTests {
    @Test("are found with their places, up to what cannot be read")
    func objects() {
        let text = ManifestText(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: one
              namespace: shop
            spec: {containers: [{name: a, image: "nginx:1"}]}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: apps/v1, kind: Deployment, metadata: {name: two}}
            ---
            apiVersion: example.com/v1
            kind: Unknown
            metadata: {name: three}
            ---
            a: [
            """)
        #expect(
            text.objects.map { "\($0.kind.plural)/\($0.name) \($0.mark.line):\($0.mark.column)" }
                == [
                    "pods/one 4:9", "deployments/two 11:60",
                ])
        #expect(text.objects[0].namespace == "shop" && text.objects[0].images == ["nginx:1"])
    }
}

@Suite("Defaults of fields")
struct FieldDefaultTests {
    @Test(
        "are what the API server fills in",
        arguments: [
            ("deployments", "spec replicas", "1"),
            ("deployments", "spec strategy type", "\"RollingUpdate\""),
            ("deployments", "spec strategy rollingUpdate maxSurge", "\"25%\""),
            ("pods", "spec restartPolicy", "\"Always\""),
            ("pods", "spec containers [] ports [] protocol", "\"TCP\""),
            ("pods", "spec containers [] readinessProbe periodSeconds", "10"),
            ("services", "spec type", "\"ClusterIP\""), ("pods", "spec nodeName", "none"),
            ("pods", "status phase", "none"), ("jobs", "spec backoffLimit", "6"),
        ])
    func values(kind: String, path: String, value: String) throws {
        let kinds = KindRegistry.builtIn
        let start = ValueShape(kinds[try #require(kinds.kind(named: kind))])
        let shape = path.split(separator: " ").reduce(Optional(start)) { shape, step in
            step == "[]" ? shape?.item : shape?.field(String(step))
        }
        #expect(FieldDefault.text(of: try #require(shape)) ?? "none" == value)
    }
}
