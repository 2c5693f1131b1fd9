/// What the real kubectl 1.32 prints for generators with `--dry-run=client -o yaml`.
enum GeneratorGoldens {
    static let all = access + workloads

    /// Services, quotas, budgets, priorities and roles.
    private static let access: [(line: String, text: String)] = [
        (
            #"create service clusterip s1 --tcp=80:8080 --tcp=443:https"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                app: s1
              name: s1
            spec:
              ports:
              - name: 80-8080
                port: 80
                protocol: TCP
                targetPort: 8080
              - name: 443-https
                port: 443
                protocol: TCP
                targetPort: https
              selector:
                app: s1
              type: ClusterIP
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create service nodeport s2 --tcp=80 --node-port=30123"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                app: s2
              name: s2
            spec:
              ports:
              - name: "80"
                nodePort: 30123
                port: 80
                protocol: TCP
                targetPort: 80
              selector:
                app: s2
              type: NodePort
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create service loadbalancer s3 --tcp=80"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                app: s3
              name: s3
            spec:
              ports:
              - name: "80"
                port: 80
                protocol: TCP
                targetPort: 80
              selector:
                app: s3
              type: LoadBalancer
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create service externalname s4 --external-name=x.y"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                app: s4
              name: s4
            spec:
              externalName: x.y
              selector:
                app: s4
              type: ExternalName
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create service clusterip s5 --clusterip=None"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                app: s5
              name: s5
            spec:
              clusterIP: None
              selector:
                app: s5
              type: ClusterIP
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create service clusterip s6"#,
            #"""
            error: at least one tcp port specifier must be provided
            [exit 1]

            """#
        ),
        (
            #"create service clusterip s6 --tcp=x"#,
            #"""
            error: strconv.ParseUint: parsing "x": invalid syntax
            [exit 1]

            """#
        ),
        (
            #"create quota q --hard=pods=2,cpu=1000m --scopes=BestEffort"#,
            #"""
            apiVersion: v1
            kind: ResourceQuota
            metadata:
              name: q
            spec:
              hard:
                cpu: "1"
                pods: "2"
              scopes:
              - BestEffort
            status: {}

            """#
        ),
        (
            #"create pdb p --selector=app=x --min-available=50%"#,
            #"""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: p
            spec:
              minAvailable: 50%
              selector:
                matchLabels:
                  app: x
            status:
              currentHealthy: 0
              desiredHealthy: 0
              disruptionsAllowed: 0
              expectedPods: 0

            """#
        ),
        (
            #"create pdb p --selector=app=x"#,
            #"""
            error: one of min-available or max-unavailable must be specified
            [exit 1]

            """#
        ),
        (
            #"create pdb p --min-available=1"#,
            #"""
            error: a selector must be specified
            [exit 1]

            """#
        ),
        (
            #"create pdb p --selector=app=x --min-available=1 --max-unavailable=1"#,
            #"""
            error: min-available and max-unavailable cannot be both specified
            [exit 1]

            """#
        ),
        (
            #"create priorityclass pc --value=5 --description=five"#,
            #"""
            apiVersion: scheduling.k8s.io/v1
            description: five
            kind: PriorityClass
            metadata:
              name: pc
            preemptionPolicy: PreemptLowerPriority
            value: 5

            """#
        ),
        (
            #"create role r"#,
            #"""
            error: at least one verb must be specified
            [exit 1]

            """#
        ),
        (
            #"create role r --verb=get"#,
            #"""
            error: at least one resource must be specified
            [exit 1]

            """#
        ),
        (
            #"create rolebinding rb --clusterrole=view --user=u --group=g --serviceaccount=default:sa"#,
            #"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: rb
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: view
            subjects:
            - apiGroup: rbac.authorization.k8s.io
              kind: User
              name: u
            - apiGroup: rbac.authorization.k8s.io
              kind: Group
              name: g
            - kind: ServiceAccount
              name: sa
              namespace: default

            """#
        ),
        (
            #"create rolebinding rb"#,
            #"""
            error: exactly one of clusterrole or role must be specified
            [exit 1]

            """#
        ),
        (
            #"create rolebinding rb --role=r --serviceaccount=sa"#,
            #"""
            error: serviceaccount must be <namespace>:<name>
            [exit 1]

            """#
        ),
        (
            #"create clusterrolebinding crb --clusterrole=view --user=u"#,
            #"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata:
              name: crb
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: view
            subjects:
            - apiGroup: rbac.authorization.k8s.io
              kind: User
              name: u

            """#
        ),
        (
            #"create clusterrole cr --verb=get --non-resource-url=/logs"#,
            #"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: cr
            rules:
            - nonResourceURLs:
              - /logs
              verbs:
              - get

            """#
        ),
        (
            #"create clusterrole cr --aggregation-rule=a=b"#,
            #"""
            aggregationRule:
              clusterRoleSelectors:
              - matchLabels:
                  a: b
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: cr
            rules: null

            """#
        ),
    ]
}
