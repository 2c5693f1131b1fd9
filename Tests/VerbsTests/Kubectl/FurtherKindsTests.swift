import Testing

/// The kinds that extend, secure and share the API server.
@Suite struct FurtherKindsTests {
    private let bench: VerbBench

    init() throws { bench = try VerbBench(nodes: 0) }

    private func apply(_ text: String) throws -> String {
        bench.files.texts["x.yaml"] = text
        return try bench.run("apply -f x.yaml")
    }

    // MARK: Tables

    @Test func `a fresh cluster has its flow schemas, levels, services of the API and addresses`()
        throws
    {
        let schemas = try bench.run("get flowschemas --no-headers")
        #expect(schemas.split(separator: "\n").count == 11)
        #expect(
            schemas.hasPrefix(
                "catch-all                      catch-all         10000   ByUser        1s    False\n"
            ))
        #expect(
            try bench.run("get prioritylevelconfigurations workload-low exempt") == """
                NAME           TYPE      NOMINALCONCURRENCYSHARES   QUEUES   HANDSIZE   QUEUELENGTHLIMIT   AGE
                workload-low   Limited   100                        128      6          50                 1s
                exempt         Exempt    <none>                     <none>   <none>     <none>             1s

                """)
        #expect(
            try bench.run("get apiservices v1.apps") == """
                NAME      SERVICE   AVAILABLE   AGE
                v1.apps   Local     True        1s

                """)
        #expect(
            try bench.run("get servicecidr,ip") == """
                NAME                                       CIDRS          AGE
                servicecidr.networking.k8s.io/kubernetes   10.96.0.0/12   2s

                NAME                                    PARENTREF
                ipaddress.networking.k8s.io/10.96.0.1   services/default/kubernetes

                """)
    }

    @Test func `every group that is served has its APIService`() throws {
        let versions = try bench.run("api-versions").split(separator: "\n").map { version in
            let parts = version.split(separator: "/")
            return parts.count == 2 ? "\(parts[1]).\(parts[0])" : "\(version)."
        }
        let names = try bench.run("get apiservices -o 'jsonpath={.items[*].metadata.name}'")
        let served = Set(names.split(separator: " ").map(String.init))
        // The group of APIServices themselves has none.
        #expect(served.isSuperset(of: versions.filter { $0 != "v1.apiregistration.k8s.io" }))
    }

    @Test func `webhooks and policies are stored and shown`() throws {
        #expect(
            try apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: guard}
                webhooks:
                - name: a.guard.example.com
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  clientConfig: {service: {name: guard, namespace: default}}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: few}
                spec:
                  paramKind: {apiVersion: v1, kind: ConfigMap}
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
                  validations: [{expression: "true"}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: few}
                spec:
                  policyName: few
                  validationActions: [Deny]
                  paramRef: {name: limits, parameterNotFoundAction: Deny}
                """) == """
                    validatingwebhookconfiguration.admissionregistration.k8s.io/guard created
                    validatingadmissionpolicy.admissionregistration.k8s.io/few created
                    validatingadmissionpolicybinding.admissionregistration.k8s.io/few created

                    """)
        #expect(
            try bench.run(
                "get validatingwebhookconfiguration,validatingadmissionpolicy,"
                    + "validatingadmissionpolicybinding") == """
                    NAME                                                                WEBHOOKS   AGE
                    validatingwebhookconfiguration.admissionregistration.k8s.io/guard   1          0s

                    NAME                                                         VALIDATIONS   PARAMKIND      AGE
                    validatingadmissionpolicy.admissionregistration.k8s.io/few   1             v1/ConfigMap   0s

                    NAME                                                                POLICYNAME   PARAMREF   AGE
                    validatingadmissionpolicybinding.admissionregistration.k8s.io/few   few          */limits   0s

                    """)
        #expect(
            try bench.run(
                "get validatingwebhookconfiguration guard -o "
                    + "'jsonpath={.metadata.generation} {.webhooks[0].failurePolicy} "
                    + "{.webhooks[0].timeoutSeconds} {.webhooks[0].clientConfig.service.port} "
                    + "{.webhooks[0].rules[0].scope} {.webhooks[0].matchPolicy}'")
                == "1 Fail 10 443 * Equivalent")
        #expect(
            try bench.run("explain validatingadmissionpolicy.spec.validations").contains(
                "messageExpression"))
        #expect(
            try bench.run("describe validatingadmissionpolicy few").contains(
                "\n  Failure Policy:  Fail\n"))
        #expect(
            try bench.run("delete validatingadmissionpolicy few")
                == "validatingadmissionpolicy.admissionregistration.k8s.io \"few\" deleted\n")
    }

    @Test func `an APIService behind a Service is as available as that`() throws {
        _ = try apply(
            """
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1.metrics.example.com}
            spec:
              group: metrics.example.com
              version: v1
              groupPriorityMinimum: 100
              versionPriority: 100
              service: {name: metrics, namespace: default}
            """)
        try bench.settle()
        func available() throws -> String {
            try bench.run("get apiservice v1.metrics.example.com --no-headers").split(
                separator: " "
            )
            .dropFirst().dropLast().joined(separator: " ")
        }
        #expect(try available() == "default/metrics False (ServiceNotFound)")
        try bench.run("create service clusterip metrics --tcp=80")
        try bench.settle()
        #expect(try available() == "default/metrics False (ServicePortError)")
    }

    @Test func `a flow schema without its level dangles`() throws {
        _ = try apply(
            """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: FlowSchema
            metadata: {name: mine}
            spec:
              priorityLevelConfiguration: {name: mine}
              rules:
              - subjects: [{kind: Group, group: {name: me}}]
                nonResourceRules: [{verbs: ["*"], nonResourceURLs: ["*"]}]
            """)
        try bench.settle()
        #expect(try bench.run("get flowschema mine --no-headers").hasSuffix("   True\n"))
        _ = try apply(
            """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: PriorityLevelConfiguration
            metadata: {name: mine}
            spec: {type: Limited, limited: {limitResponse: {type: Reject}}}
            """)
        try bench.settle()
        #expect(try bench.run("get flowschema mine --no-headers").hasSuffix("   False\n"))
        #expect(
            try bench.run(
                "patch flowschema exempt --type=merge -p '{\"spec\":{\"matchingPrecedence\":5}}'"
            )
            .hasPrefix("The FlowSchema \"exempt\" is invalid: spec: Invalid value: "))
    }

    // MARK: Autoscalers

    @Test func `an autoscaler of the older version is one of the newer one`() throws {
        let manifest = """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec:
              maxReplicas: 4
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              targetCPUUtilizationPercentage: 60
            """
        #expect(try apply(manifest) == "horizontalpodautoscaler.autoscaling/web created\n")
        #expect(try apply(manifest) == "horizontalpodautoscaler.autoscaling/web unchanged\n")
        #expect(
            try bench.run(
                "get hpa web -o 'jsonpath={.apiVersion} {.spec.metrics[*].resource.target.averageUtilization}'"
            )
                == "autoscaling/v2 60")
        #expect(
            try bench.run(
                "get hpa.v1.autoscaling web -o 'jsonpath={.apiVersion} {.spec.targetCPUUtilizationPercentage} {.spec.metrics}'"
            ) == "autoscaling/v1 60 ")
        #expect(
            try apply(manifest.replacing("60", with: "70"))
                == "horizontalpodautoscaler.autoscaling/web configured\n")
        #expect(try bench.run("get hpa.v1.autoscaling").contains("/70%"))
        #expect(
            try bench.run("patch hpa.v1.autoscaling web -p '{\"spec\":{\"maxReplicas\":0}}'")
                .contains("spec.maxReplicas: Required value: must be set and greater than 0"))
    }

    @Test func `events have the names of either group`() throws {
        try bench.run("create deployment web --image=nginx")
        try bench.settle()
        let name = try bench.run("get events -o 'jsonpath={.items[0].metadata.name}'")
        let core = try bench.run(
            "get events \(name) -o 'jsonpath={.involvedObject.kind} {.message}'")
        #expect(core.split(separator: " ").count > 2)
        #expect(
            try bench.run(
                "get events.events.k8s.io \(name) -o 'jsonpath={.regarding.kind} {.note}{.message}'"
            )
                == core)
        #expect(
            try bench.run("get events.v1.events.k8s.io \(name) -o jsonpath={.apiVersion}")
                == "events.k8s.io/v1")
    }

    // MARK: Certificates

    /// Of CN=ann, O=dev, O=ops: the head of a PKCS#10 request, up to its subject.
    private static let request = """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: ann}
        spec:
          signerName: kubernetes.io/kube-apiserver-client
          expirationSeconds: 86400
          usages: [client auth]
          username: mallory
          request: \(pem)
        """
    private static let pem =
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTURFd0x3SUJBREFxTVF3d0NnWURWUVFEREFOaGJtNHhE"
        + "REFLQmdOVkJBb01BMlJsZGpFTU1Bb0dBMVVFQ2d3RApiM0J6Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0t"
        + "LQo="

    @Test func `a request is asked for by whoever sends it, and approved once`() throws {
        #expect(
            try apply(Self.request) == "certificatesigningrequest.certificates.k8s.io/ann created\n"
        )
        func table() throws -> String { try bench.run("get csr --no-headers") }
        #expect(
            try table()
                == "ann   0s    kubernetes.io/kube-apiserver-client   kubernetes-admin   24h   Pending\n"
        )
        #expect(
            try bench.run("get csr ann -o jsonpath={.spec.groups}")
                == #"["kubeadm:cluster-admins","system:authenticated"]"#)
        #expect(
            try bench.run("certificate approve ann")
                == "certificatesigningrequest.certificates.k8s.io/ann approved\n")
        #expect(try table().hasSuffix("   Approved\n"))
        #expect(
            try bench.run(
                "get csr ann -o 'jsonpath={.status.conditions[0].reason}: {.status.conditions[0].message}'"
            )
                == "KubectlApprove: This CSR was approved by kubectl certificate approve.")
        #expect(
            try bench.run("certificate approve ann")
                == "certificatesigningrequest.certificates.k8s.io/ann approved\n")
        #expect(
            try bench.run("certificate deny ann")
                == "error: certificate signing request \"ann\" is already Approved\n[exit 1]\n")
        #expect(
            try bench.run(
                "patch csr ann --subresource=status --type=merge -p '{\"status\":{\"conditions\":[]}}'"
            ) == """
                The CertificateSigningRequest "ann" is invalid: status.conditions: Forbidden: updates \
                may not remove a condition of type "Approved"
                [exit 1]

                """)
        try bench.run("patch csr ann --type=merge -p '{\"spec\":{\"username\":\"eve\"}}'")
        #expect(try bench.run("get csr ann -o jsonpath={.spec.username}") == "kubernetes-admin")
    }

    @Test func `a request is described with its subject`() throws {
        _ = try apply(Self.request)
        let text = try bench.run("describe csr ann")
        #expect(text.contains("\nRequesting User:"))
        #expect(text.contains("Requested Duration:  24h\n"))
        #expect(text.contains("\n         Common Name:    ann\n"))
        #expect(text.contains("\n         Organization:   dev\n                         ops\n"))
        #expect(
            try bench.run("certificate approve")
                == "error: one or more CSRs must be specified as <name> or -f <filename>\n[exit 1]\n"
        )
        #expect(
            try bench.run("certificate approve bob") == """
                Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "bob" \
                not found
                [exit 1]

                """)
    }

    // MARK: Addresses

    @Test func `an address is an object as long as a Service has it`() throws {
        bench.files.texts["x.yaml"] = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: 10.96.7.7, ports: [{port: 80}]}
            """
        try bench.run("apply -f x.yaml")
        #expect(
            try bench.run("get ip 10.96.7.7 -o 'jsonpath={.metadata.labels} {.spec.parentRef}'")
                == #"{"ipaddress.kubernetes.io/ip-family":"IPv4","ipaddress.kubernetes.io/managed-by":"ipallocator.k8s.io"} "#
                + #"{"name":"web","namespace":"default","resource":"services"}"#)
        try bench.run("delete service web")
        #expect(try bench.run("get ip -o name") == "ipaddress.networking.k8s.io/10.96.0.1\n")
        // What somebody else holds is not given away.
        _ = try apply(
            """
            apiVersion: networking.k8s.io/v1
            kind: IPAddress
            metadata: {name: 10.96.7.7}
            spec: {parentRef: {resource: boats, group: sea.example.com, name: fram}}
            """)
        bench.files.texts["x.yaml"] = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: 10.96.7.7, ports: [{port: 80}]}
            """
        #expect(try bench.run("create -f x.yaml").contains("provided IP is already allocated"))
    }

    @Test func `a range goes when no address needs it any more`() throws {
        _ = try apply(
            """
            apiVersion: networking.k8s.io/v1
            kind: ServiceCIDR
            metadata: {name: more}
            spec: {cidrs: [192.168.7.0/24]}
            """)
        try bench.settle()
        #expect(
            try bench.run(
                "get servicecidr more -o 'jsonpath={.metadata.finalizers} {.status.conditions[0].status}'"
            )
                == #"["networking.k8s.io/service-cidr-finalizer"] True"#)
        bench.files.texts["x.yaml"] = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: 192.168.7.9, ports: [{port: 80}]}
            """
        #expect(try bench.run("create -f x.yaml") == "service/web created\n")
        #expect(try bench.run("delete servicecidr more --timeout=5s").contains("timed out"))
        #expect(
            try bench.run("get servicecidr more -o 'jsonpath={.status.conditions[0].reason}'")
                == "Terminating")
        try bench.run("delete service web")
        try bench.advance(seconds: 11)
        #expect(
            try bench.run("get servicecidr -o name") == "servicecidr.networking.k8s.io/kubernetes\n"
        )
    }
}
