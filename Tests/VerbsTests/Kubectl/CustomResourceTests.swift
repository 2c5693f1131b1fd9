import API
import Cluster
import Model
import Support
import Testing
import Value

/// Custom resources from their definition to its end, as kubectl sees them.
@Suite struct CustomResourceTests {
    private let bench: VerbBench

    private static func definition(
        _ plural: String = "boats", kind: String = "Boat", scope: String = "Namespaced",
        rest: String = ""
    ) -> String {
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: \(plural).sea.example.com}
        spec:
          group: sea.example.com
          scope: \(scope)
          names: {plural: \(plural), kind: \(kind), shortNames: [\(plural.first!)s], categories: [all, ships]}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        \(rest)
        """
    }

    private static let columns = """
            subresources: {status: {}}
            additionalPrinterColumns:
            - {name: Port, type: string, jsonPath: .spec.port}
            - {name: Crew, type: integer, jsonPath: .spec.crew}
            - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
            - {name: Masts, type: integer, jsonPath: .spec.masts, priority: 1}
            - {name: Since, type: date, jsonPath: .metadata.creationTimestamp}
        """

    private static let boat = """
        apiVersion: sea.example.com/v1
        kind: Boat
        metadata: {name: fram}
        spec: {port: Oslo, crew: 4, masts: 3}
        """

    init() throws {
        bench = try VerbBench(nodes: 0)
        bench.files.texts["crd.yaml"] = Self.definition(rest: Self.columns)
        bench.files.texts["boat.yaml"] = Self.boat
    }

    private func serve() throws {
        try bench.run("apply -f crd.yaml")
        #expect(
            try bench.run("wait --for=condition=Established crd/boats.sea.example.com")
                == "customresourcedefinition.apiextensions.k8s.io/boats.sea.example.com condition met\n"
        )
    }

    @Test func `an instance beside its definition is known at the second apply`() throws {
        #expect(
            try bench.run("apply -f crd.yaml -f boat.yaml") == """
                customresourcedefinition.apiextensions.k8s.io/boats.sea.example.com created
                error: resource mapping not found for name: "fram" namespace: "" from "boat.yaml": no \
                matches for kind "Boat" in version "sea.example.com/v1"
                ensure CRDs are installed first
                [exit 1]

                """)
        try bench.advance(seconds: 1)
        #expect(
            try bench.run("apply -f crd.yaml -f boat.yaml") == """
                customresourcedefinition.apiextensions.k8s.io/boats.sea.example.com unchanged
                boat.sea.example.com/fram created

                """)
    }

    @Test func `the conditions come one after the other`() throws {
        let client = bench.cluster.connection.client
        let names: Value = [.kind: "Boat", "plural": "boats"]
        let schema: Value = ["openAPIV3Schema": [.type: "object"]]
        _ = try client.create(
            .customResourceDefinition, namespace: "",
            [
                .metadata: [.name: "boats.sea.example.com"],
                .spec: [
                    .group: "sea.example.com", .names: names, "scope": "Namespaced",
                    "versions": [
                        [.name: "v1", "schema": schema, "served": true, "storage": true]
                    ],
                ],
            ], options: WriteOptions())
        func conditions() throws -> [String] {
            try client.get(
                .customResourceDefinition, namespace: "", name: "boats.sea.example.com"
            )[.status][.conditions].elements.map {
                "\($0.text(.type))=\($0.text(.status)) \($0.text(.reason)): \($0.text(.message))"
            }
        }
        #expect(try conditions() == [])
        _ = try bench.cluster.advance(by: 4)
        #expect(
            try conditions() == [
                "NamesAccepted=True NoConflicts: no conflicts found",
                "Established=False Installing: the initial names have been accepted",
            ])
        #expect(client.kinds.kind(named: "boats") == nil)
        _ = try bench.cluster.advance(by: 50)
        #expect(
            try conditions() == [
                "NamesAccepted=True NoConflicts: no conflicts found",
                "Established=True InitialNamesAccepted: the initial names have been accepted",
            ])
        #expect(
            try bench.run("get crd boats.sea.example.com -o jsonpath={.status.storedVersions}")
                == "[\"v1\"]")
        #expect(try bench.run("get boats") == "No resources found in default namespace.\n")
    }

    @Test func `instances are shown, counted and changed`() throws {
        try serve()
        #expect(
            try bench.run("api-resources --api-group=sea.example.com -o wide") == """
                NAME    SHORTNAMES   APIVERSION           NAMESPACED   KIND   VERBS                                                        CATEGORIES
                boats   bs           sea.example.com/v1   true         Boat   delete,deletecollection,get,list,patch,create,update,watch   all,ships

                """)
        #expect(try bench.run("api-versions").contains("\nsea.example.com/v1\n"))
        #expect(try bench.run("apply -f boat.yaml") == "boat.sea.example.com/fram created\n")
        #expect(
            try bench.run("get boats") == """
                NAME   PORT   CREW   READY   SINCE
                fram   Oslo   4              0s

                """)
        for words in [
            "boats", "bs", "boat", "Boat", "boats.sea.example.com", "ships",
            "boats.v1.sea.example.com",
        ] {
            #expect(
                try bench.run("get \(words) -o name") == "boat.sea.example.com/fram\n", "\(words)")
        }
        #expect(
            try bench.run(
                "patch boat fram --type=merge -p '{\"spec\":{\"crew\":\"many\"},\"status\":{\"x\":1}}'"
            )
                == "boat.sea.example.com/fram patched\n")
        try bench.run(
            "patch boat fram --type=merge --subresource=status -p "
                + "'{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'")
        try bench.run("label boat fram color=red")
        // A cell of another type than its column is empty.
        #expect(
            try bench.run("get boats -o wide -L color").hasPrefix(
                """
                NAME   PORT   CREW   READY   MASTS   SINCE   COLOR
                fram   Oslo          True    3       
                """))
        #expect(
            try bench.run("get boat fram -o jsonpath='{.metadata.generation} {.status}'")
                == #"2 {"conditions":[{"status":"True","type":"Ready"}]}"#)
        #expect(
            try bench.run("wait boat/fram --for=condition=Ready")
                == "boat.sea.example.com/fram condition met\n")
        #expect(
            try bench.run("patch boat fram -p '{\"spec\":{\"crew\":3}}'") == """
                error: application/strategic-merge-patch+json is not supported by \
                sea.example.com/v1, Kind=Boat: the body of the request was in an unknown format - \
                accepted media types include: application/json-patch+json, \
                application/merge-patch+json, application/apply-patch+yaml
                [exit 1]

                """)
        #expect(try bench.run("describe boat fram").contains("\nSpec:\n  Crew:   many\n"))
    }

    @Test func `a definition takes its instances along, and waits for them`() throws {
        try serve()
        try bench.run("apply -f boat.yaml")
        try bench.run(
            "patch boat fram --type=merge -p '{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}'"
        )
        #expect(
            try bench.run("delete crd boats.sea.example.com --timeout=3s").contains("timed out"))
        #expect(
            try bench.run(
                "get crd boats.sea.example.com -o 'jsonpath={.status.conditions[2].type}={.status.conditions[2].reason}'"
            ) == "Terminating=InstanceDeletionInProgress")
        #expect(try bench.run("get boats --no-headers").hasPrefix("fram   Oslo"))
        bench.files.texts["two.yaml"] = Self.boat.replacing("fram", with: "gjoa")
        #expect(
            try bench.run("create -f two.yaml") == """
                Error from server (Forbidden): error when creating "two.yaml": \
                boats.sea.example.com "gjoa" is forbidden: create not allowed while custom resource \
                definition is terminating
                [exit 1]

                """)
        try bench.run("patch boat fram --type=merge -p '{\"metadata\":{\"finalizers\":null}}'")
        try bench.advance(seconds: 6)
        #expect(try bench.run("get crd") == "No resources found\n")
        guard case .settled = try bench.cluster.settle() else {
            Issue.record("the controller goes on looking")
            return
        }
    }

    @Test func `what is served no more is asked for until kubectl looks anew`() throws {
        try serve()
        try bench.run("delete crd boats.sea.example.com")
        #expect(
            try bench.run("get boats") == """
                Error from server (NotFound): Unable to list "sea.example.com/v1, Resource=boats": the \
                server could not find the requested resource (get boats.sea.example.com)
                [exit 1]

                """)
        #expect(
            try bench.run("apply -f boat.yaml") == """
                Error from server (NotFound): error when creating "boat.yaml": the server could not \
                find the requested resource (post boats.sea.example.com)
                [exit 1]

                """)
        try bench.run("api-resources")
        #expect(
            try bench.run("get boats")
                == "error: the server doesn't have a resource type \"boats\"\n[exit 1]\n")
        try serve()
        #expect(try bench.run("apply -f boat.yaml") == "boat.sea.example.com/fram created\n")
    }

    @Test func `a name belongs to whoever had it first`() throws {
        try serve()
        bench.files.texts["other.yaml"] = Self.definition("skiffs", kind: "Boat")
        try bench.run("apply -f other.yaml")
        try bench.advance(seconds: 1)
        let query =
            "get crd skiffs.sea.example.com -o 'jsonpath={range .status.conditions[*]}"
            + "{.type}={.status} {.reason}: {.message};{end}'"
        #expect(
            try bench.run(query)
                == "NamesAccepted=False ListKindConflict: \"BoatList\" is already in use;"
                + "Established=False NotAccepted: not all names are accepted;")
        try bench.run("delete crd boats.sea.example.com")
        try bench.advance(seconds: 1)
        #expect(try bench.run(query).hasPrefix("NamesAccepted=True NoConflicts"))
        try bench.run("api-resources")
        #expect(try bench.run("get skiffs") == "No resources found in default namespace.\n")
    }

    @Test func `versions show the same instances, each in its own apiVersion`() throws {
        bench.files.texts["crd.yaml"] = Self.definition(
            rest: """
                  - name: v1beta1
                    served: true
                    storage: false
                    deprecated: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """)
        try serve()
        let warning =
            "Warning: sea.example.com/v1beta1 Boat is deprecated; use sea.example.com/v1 Boat\n"
        bench.files.texts["old.yaml"] = Self.boat.replacing("/v1", with: "/v1beta1")
        #expect(
            try bench.run("apply -f old.yaml") == warning + "boat.sea.example.com/fram created\n")
        #expect(
            try bench.run("apply -f boat.yaml").hasPrefix("boat.sea.example.com/fram configured"))
        #expect(
            try bench.run("get boat fram -o jsonpath={.apiVersion}") == "sea.example.com/v1")
        #expect(
            try bench.run("get boats.v1beta1.sea.example.com fram -o jsonpath={.apiVersion}")
                == warning + "sea.example.com/v1beta1")
        #expect(
            try bench.run(
                "patch boats.v1beta1.sea.example.com fram --type=merge -p '{\"spec\":{\"crew\":9}}' -o jsonpath={.apiVersion}"
            )
                == warning + "sea.example.com/v1beta1")
        #expect(try bench.run("get boat fram -o jsonpath={.spec.crew}") == "9")
    }

    @Test func `kinds of the cluster have no namespace, and namespaces take theirs along`() throws {
        bench.files.texts["crd.yaml"] = Self.definition(scope: "Cluster")
        try serve()
        #expect(
            try bench.run("apply -f boat.yaml -n default") == "boat.sea.example.com/fram created\n")
        #expect(try bench.run("get boat fram -o jsonpath={.metadata.namespace}") == "")
        bench.files.texts["other.yaml"] = Self.definition("rafts", kind: "Raft")
        try bench.run("apply -f other.yaml")
        try bench.advance(seconds: 1)
        try bench.run("create namespace bay")
        bench.files.texts["raft.yaml"] = Self.boat.replacing("Boat", with: "Raft")
        #expect(try bench.run("apply -f raft.yaml -n bay") == "raft.sea.example.com/fram created\n")
        try bench.run("delete namespace bay")
        #expect(try bench.run("get rafts -A") == "No resources found\n")
        #expect(try bench.run("get boats -o name") == "boat.sea.example.com/fram\n")
    }

    @Test func `its fields are explained by the schema`() throws {
        bench.files.texts["crd.yaml"] = Self.definition().replacing(
            "{type: object, x-kubernetes-preserve-unknown-fields: true}",
            with: "{type: object, properties: {spec: {type: object, description: What she is., "
                + "required: [port], properties: {port: {type: string, enum: [Oslo, Bergen]}, "
                + "crew: {type: array, items: {type: object, properties: {name: {type: string}}}}}}}}"
        )
        try serve()
        #expect(
            try bench.run("explain boat.spec") == """
                GROUP:      sea.example.com
                KIND:       Boat
                VERSION:    v1

                FIELD: spec <Object>


                DESCRIPTION:
                    What she is.
                    
                FIELDS:
                  crew\t<[]Object>
                    <no description>

                  port\t<string> -required-
                  enum: Oslo, Bergen
                    <no description>



                """)
        #expect(try bench.run("explain boat.spec.crew.name").contains("FIELD: name <string>"))
        #expect(
            try bench.run("explain boat").contains(
                "\n  kind\t<string>\n    What the object is, in CamelCase"))
        #expect(try bench.run("explain boat.metadata.uid").contains("FIELD: uid <string>"))
        #expect(
            try bench.run("explain boat.spec.mast").hasSuffix(
                "error: field \"mast\" does not exist\n[exit 1]\n"))
    }
}
