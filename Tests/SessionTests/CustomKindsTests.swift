import Session
import Syntax
import Testing

@Suite("Custom kinds in scripts")
struct CustomKindsTests {
    private static let definition = """
        file "crd.yaml" <<MANIFEST
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: boats.sea.example.com}
        spec:
          group: sea.example.com
          scope: Namespaced
          names: {plural: boats, kind: Boat, shortNames: [bt]}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      masts: {type: integer}
                      rig: {type: string, enum: [sloop, ketch]}
                      crew: {type: array, items: {type: object, properties: {name: {type: string}}}}
                      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
        MANIFEST

        apply -f crd.yaml

        """

    private func codes(_ text: String) -> [String] {
        let source = Source(name: "test.dock", text: text)
        let files = ScriptFiles(folder: "/nonexistent", allowed: [])
        return ScriptChecker.check(source, files: files).map(\.code)
    }

    @Test(
        "kinds and fields that a definition of the script has are known",
        arguments: [
            "expect boat/fram .spec.masts == 3", "expect bt/fram .spec.rig == \"ketch\"",
            "expect boats[] == []", "expect boats.sea.example.com/fram exists",
            "expect boat/fram .spec.crew[0].name == \"ida\"",
            "expect boat/fram .spec.free.anything.at.all == 1",
            "expect boat/fram .metadata.labels.a == \"b\"",
        ])
    func known(_ statement: String) {
        #expect(codes(Self.definition + statement + "\n") == [])
    }

    @Test(
        "what it has not is told before the script runs",
        arguments: [
            ("expect ship/fram exists", "DD2030"), ("expect boat/fram .spec.mast == 3", "DD2031"),
            ("expect boat/fram .metadata.label.a == \"b\"", "DD2031"),
            ("expect boat/fram .spec.crew[0].nam == \"ida\"", "DD2031"),
        ])
    func unknown(_ statement: String, _ code: String) {
        #expect(codes(Self.definition + statement + "\n") == [code])
    }

    @Test("without a definition beside it, a script names no custom kind")
    func undefined() {
        #expect(codes("expect boat/fram exists\n") == ["DD2030"])
    }
}
