import Testing

import Verbs

/// `--as` and its like: what roles allow whom.
@Suite struct ImpersonationTests {
    private static func forbidden(_ what: String, _ rest: String) -> String {
        "Error from server (Forbidden): \(what) is forbidden: User \(rest)\n[exit 1]\n"
    }

    /// A bench in which ann reads pods in default, bob views everything, and a service account edits
    /// one deployment.
    private static func bench() throws -> VerbBench {
        let bench = try VerbBench()
        for line in [
            "create role pods --verb=get,list --resource=pods,pods/log",
            "create rolebinding pods --role=pods --user=ann",
            "create clusterrolebinding all --clusterrole=view --group=devs",
            "create role web --verb=get,patch --resource=deployments.apps --resource-name=web",
            "create rolebinding web --role=web --serviceaccount=default:bot",
            "create rolebinding lost --clusterrole=nosuch --user=eve",
            "create clusterrole urls --verb=get --non-resource-url=/metrics/*",
            "create clusterrolebinding urls --clusterrole=urls --user=ann",
            "create deployment web --image=nginx",
        ] { try bench.run(line) }
        return bench
    }

    @Test(
        "auth can-i asks roles and bindings",
        arguments: [
            ("get pods --as=ann", true), ("get pods --as=ann -n kube-system", false),
            ("get pods --as=ann -A", false), ("delete pods --as=ann", false),
            ("get pods --subresource=log --as=ann", true),
            ("get pods --subresource=exec --as=ann", false),
            ("get pods --as=bob --as-group=devs", true),
            ("get pods -A --as=bob --as-group=devs", true),
            ("get secrets --as=bob --as-group=devs", false), ("get pods --as=bob", false),
            ("patch deploy/web --as=system:serviceaccount:default:bot", true),
            ("patch deploy/other --as=system:serviceaccount:default:bot", false),
            ("patch deploy --as=system:serviceaccount:default:bot", false),
            ("get deploy/web --as=system:serviceaccount:other:bot", false),
            ("'*' '*' --as=root --as-group=system:masters", true),
            ("get /metrics/cpu --as=ann", true), ("get /metrics --as=ann", false),
            ("get /healthz --as=ann", true), ("get /healthz --as=system:anonymous", true),
            ("get /api --as=ann", true),
        ])
    func canI(question: String, isAllowed: Bool) throws {
        let text = try Self.bench().run("auth can-i \(question)")
        if question.hasSuffix("system:anonymous") {
            // Who has no name may not even ask.
            #expect(text.contains("cannot create resource \"selfsubjectaccessreviews\""))
        } else {
            #expect(text == (isAllowed ? "yes\n" : "no\n[exit 1]\n"))
        }
    }

    @Test(
        "what no role allows is refused in the server's words",
        arguments: [
            (
                "get svc --as=ann",
                forbidden(
                    "services",
                    #""ann" cannot list resource "services" in API group "" in the namespace "default""#
                )
            ),
            (
                "get pods -A --as=ann",
                forbidden(
                    "pods",
                    #""ann" cannot list resource "pods" in API group "" at the cluster scope"#)
            ),
            (
                "get ns default --as=ann",
                forbidden(
                    #"namespaces "default""#,
                    #""ann" cannot get resource "namespaces" in API group "" in the namespace "default""#
                )
            ),
            (
                "delete deploy web --as=bob --as-group=devs",
                forbidden(
                    #"deployments.apps "web""#,
                    #""bob" cannot delete resource "deployments" in API group "apps" in the namespace "#
                        + #""default""#)
            ),
            (
                "get pods --as=eve",
                forbidden(
                    "pods",
                    #""eve" cannot list resource "pods" in API group "" in the namespace "default": "#
                        + #"RBAC: clusterrole.rbac.authorization.k8s.io "nosuch" not found"#)
            ),
            (
                "auth can-i get pods --as=eve",
                #"no - RBAC: clusterrole.rbac.authorization.k8s.io "nosuch" not found"#
                    + "\n[exit 1]\n"
            ),
            (
                "create ns x --as=ann",
                forbidden(
                    "namespaces",
                    #""ann" cannot create resource "namespaces" in API group "" at the cluster scope"#
                )
            ),
            (
                "get --raw /metrics --as=ann",
                "Error from server (Forbidden): forbidden: User \"ann\" cannot get path \"/metrics\"\n"
                    + "[exit 1]\n"
            ),
            ("get --raw /healthz --as=ann", "ok"),
            (
                "get pods --as-group=x",
                "error: requesting uid, groups or user-extra for drydock without impersonating a "
                    + "user\n[exit 1]\n"
            ),
        ])
    func refused(line: String, text: String) throws {
        #expect(try Self.bench().run(line) == text)
    }

    @Test("what a role allows is done")
    func allowed() throws {
        let bench = try Self.bench()
        let bot = "--as=system:serviceaccount:default:bot"
        #expect(
            try bench.run(#"patch deploy web -p '{"spec":{"replicas":2}}' "# + bot)
                == "deployment.apps/web patched\n")
        #expect(try bench.run("get secrets") == "No resources found in default namespace.\n")
        #expect(try bench.run("get pods --as=ann").hasPrefix("NAME"))
    }

    @Test("whoami tells name, uid, groups and further facts")
    func whoAmI() throws {
        let bench = try VerbBench(nodes: 0)
        #expect(
            try bench.run("auth whoami --as=system:serviceaccount:a:b --as-uid=7") == """
                ATTRIBUTE   VALUE
                Username    system:serviceaccount:a:b
                UID         7
                Groups      [system:serviceaccounts system:serviceaccounts:a system:authenticated]

                """)
        #expect(
            try bench.run(
                "auth whoami --as=ann --as-group=g --as-user-extra=z=1 --as-user-extra=a=2 "
                    + "--as-user-extra=z=3") == """
                    ATTRIBUTE   VALUE
                    Username    ann
                    Groups      [g system:authenticated]
                    Extra: a    [2]
                    Extra: z    [1 3]

                    """)
        #expect(
            try bench.run("auth whoami --as=system:anonymous")
                == "error: the selfsubjectreviews API is not enabled in the cluster or you do not have "
                + "permission to call it\n[exit 1]\n")
    }

    @Test("rules of aggregated roles follow their parts")
    func aggregation() throws {
        let bench = try VerbBench(nodes: 0)
        for line in [
            "create clusterrole part --verb=get --resource=nodes",
            "create clusterrolebinding ann --clusterrole=view --user=ann",
        ] { try bench.run(line) }
        #expect(try bench.run("auth can-i get nodes -A --as=ann") == "no\n[exit 1]\n")
        try bench.run("label clusterrole part rbac.authorization.k8s.io/aggregate-to-view=true")
        try bench.settle()
        #expect(try bench.run("auth can-i get nodes -A --as=ann") == "yes\n")
        try bench.run("delete clusterrole part")
        try bench.settle()
        #expect(try bench.run("auth can-i get nodes -A --as=ann") == "no\n[exit 1]\n")
    }

    @Test("nobody gives away what they do not hold, unless they may escalate or bind")
    func escalation() throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("create rolebinding ann --clusterrole=admin --user=ann")
        let missing =
            #""x" is forbidden: user "ann" (groups=["system:authenticated"]) is attempting to grant "#
            + "RBAC permissions not currently held:\n"
        #expect(
            try bench.run("create role ok --verb=get,list --resource=pods --as=ann")
                == "role.rbac.authorization.k8s.io/ok created\n")
        let role = try bench.run(
            "create role x --verb=get,approve --resource=nodes,pods --as=ann")
        #expect(
            role.contains(
                missing + #"{APIGroups:[""], Resources:["nodes"], Verbs:["get" "approve"]}"# + "\n"
                    + #"{APIGroups:[""], Resources:["pods"], Verbs:["approve"]}"#))
        #expect(
            try bench.run("create rolebinding ok --clusterrole=view --user=bob --as=ann")
                == "rolebinding.rbac.authorization.k8s.io/ok created\n")
        let binding = try bench.run(
            "create rolebinding x --clusterrole=cluster-admin --user=bob --as=ann")
        #expect(
            binding.contains(
                missing + #"{APIGroups:["*"], Resources:["*"], Verbs:["*"]}"# + "\n"
                    + #"{NonResourceURLs:["*"], Verbs:["*"]}"#))
        try bench.run(
            "create role bind --verb=bind --resource=clusterroles --resource-name=cluster-admin")
        try bench.run("create rolebinding bind --role=bind --user=ann")
        #expect(
            try bench.run("create rolebinding x --clusterrole=cluster-admin --user=bob --as=ann")
                == "rolebinding.rbac.authorization.k8s.io/x created\n")
    }

    @Test("--list shows the rules of a namespace, sorted by verbs")
    func list() throws {
        let text = try Self.bench().run("auth can-i --list --as=ann --no-headers")
        let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.first == ["selfsubjectreviews.authentication.k8s.io", "[]", "[]", "[create]"])
        #expect(rows.contains(["pods/log", "[]", "[]", "[get", "list]"]))
        #expect(rows.contains(["[/metrics/*]", "[]", "[get]"]))
        #expect(rows.filter { $0 == ["[/healthz]", "[]", "[get]"] }.count == 2)
    }

    @Test("the default roles are there as objects, as old as the cluster")
    func defaults() throws {
        let bench = try VerbBench(nodes: 0)
        #expect(
            try bench.run(
                "get clusterrole view -o jsonpath='{.metadata.labels} {.rules[2].resources}'")
                == #"{"kubernetes.io/bootstrapping":"rbac-defaults","#
                + #""rbac.authorization.k8s.io/aggregate-to-edit":"true"} ["namespaces"]"#)
        #expect(
            try bench.run("create clusterrole admin --verb=get --resource=pods").contains(
                "clusterroles.rbac.authorization.k8s.io \"admin\" already exists"))
        #expect(
            try bench.run("get roles -n kube-public -o name")
                == "role.rbac.authorization.k8s.io/system:controller:bootstrap-signer\n")
    }
}
