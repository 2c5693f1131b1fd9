import Testing

import Verbs

@Suite struct AuthReconcileTests {
    private static func role(_ rules: String) -> String {
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: default}
        rules: \(rules)
        """
    }

    private static func binding(_ role: String, _ users: [String]) -> String {
        let subjects = users.map { user in
            "{apiGroup: rbac.authorization.k8s.io, kind: User, name: \(user)}"
        }
        return """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reader, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: \(role)}
            subjects: [\(subjects.joined(separator: ", "))]
            """
    }

    @Test("rules that are missing are added one by one, others go only when asked")
    func rules() throws {
        let bench = try VerbBench(nodes: 0)
        let line = "auth reconcile -f r.yaml"
        bench.files.texts["r.yaml"] = Self.role(
            "[{apiGroups: [''], resources: [pods], verbs: [get, list]}]")
        let name = "role.rbac.authorization.k8s.io/reader reconciled"
        #expect(
            try bench.run(line) == """
                \(name)
                \treconciliation required create
                \tmissing rules added:
                \t\t{Verbs:[get list] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}

                """)
        #expect(try bench.run(line) == "\(name)\n")
        bench.files.texts["r.yaml"] = Self.role(
            "[{apiGroups: [''], resources: [pods], verbs: [get, watch]}]")
        let added =
            "\t\t{Verbs:[watch] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n"
        #expect(
            try bench.run(line + " --dry-run=client")
                == "\(name) (dry run)\n\treconciliation required update\n\tmissing rules added:\n\(added)"
        )
        #expect(
            try bench.run(line)
                == "\(name)\n\treconciliation required update\n\tmissing rules added:\n\(added)")
        #expect(
            try bench.run(line + " --remove-extra-permissions") == """
                \(name)
                \treconciliation required update
                \textra rules removed:
                \t\t{Verbs:[list] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}

                """)
        #expect(
            try bench.run("get role reader -o jsonpath={.rules[*].verbs}") == #"["get","watch"]"#)
    }

    @Test("a namespace that the manifest leaves out is not filled in")
    func namespace() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["r.yaml"] = Self.role("[]").replacing(", namespace: default", with: "")
        #expect(
            try bench.run("auth reconcile -f r.yaml")
                == "error: resource name may not be empty\n[exit 1]\n")
    }

    @Test("subjects are added, and another role makes another binding")
    func subjects() throws {
        let bench = try VerbBench(nodes: 0)
        let name = "rolebinding.rbac.authorization.k8s.io/reader reconciled"
        bench.files.texts["b.yaml"] = Self.binding("a", ["ann"])
        try bench.run("auth reconcile -f b.yaml")
        bench.files.texts["b.yaml"] = Self.binding("a", ["bob"])
        #expect(
            try bench.run("auth reconcile -f b.yaml") == """
                \(name)
                \treconciliation required update
                \tmissing subjects added:
                \t\t{Kind:User APIGroup:rbac.authorization.k8s.io Name:bob Namespace:}

                """)
        bench.files.texts["b.yaml"] = Self.binding("b", ["bob"])
        #expect(
            try bench.run("auth reconcile -f b.yaml")
                == "\(name)\n\treconciliation required recreate\n")
        #expect(
            try bench.run(
                "get rolebinding reader -o jsonpath='{.roleRef.name} {.subjects[*].name}'")
                == "b bob")
        // One that opted out is left alone.
        try bench.run(
            "annotate rolebinding reader rbac.authorization.kubernetes.io/autoupdate=false")
        bench.files.texts["b.yaml"] = Self.binding("b", ["cid"])
        #expect(
            try bench.run("auth reconcile -f b.yaml").contains(
                "required update, but object opted out"))
        #expect(try bench.run("get rolebinding reader -o jsonpath={.subjects[*].name}") == "bob")
    }
}
