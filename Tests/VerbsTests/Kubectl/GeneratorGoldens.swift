/// What the real kubectl 1.32 prints for generators with `--dry-run=client -o yaml`.
enum GeneratorGoldens {
    static let all: [(line: String, text: String)] = [
        (
            #"create service clusterip s1 --tcp=80:8080 --tcp=443:https"#,
            #"""
            apiVersion: v1
            kind: Service
            metadata:
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
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
              creationTimestamp: null
              name: cr
            rules: null

            """#
        ),
        (
            #"create ingress i --rule=foo.com/bar=svc1:8080,tls=my-cert --rule=foo.com/x*=svc:http --class=default --annotation=a=b"#,
            #"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              annotations:
                a: b
              creationTimestamp: null
              name: i
            spec:
              ingressClassName: default
              rules:
              - host: foo.com
                http:
                  paths:
                  - backend:
                      service:
                        name: svc1
                        port:
                          number: 8080
                    path: /bar
                    pathType: Exact
                  - backend:
                      service:
                        name: svc
                        port:
                          name: http
                    path: /x
                    pathType: Prefix
              tls:
              - hosts:
                - foo.com
                secretName: my-cert
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create ingress i --default-backend=svc:80"#,
            #"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              creationTimestamp: null
              name: i
            spec:
              defaultBackend:
                service:
                  name: svc
                  port:
                    number: 80
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create ingress i"#,
            #"""
            error: not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)
            [exit 1]

            """#
        ),
        (
            #"create ingress i --rule=foo"#,
            #"""
            error: rule foo is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]
            [exit 1]

            """#
        ),
        (
            #"create namespace n"#,
            #"""
            apiVersion: v1
            kind: Namespace
            metadata:
              creationTimestamp: null
              name: "n"
            spec: {}
            status: {}

            """#
        ),
        (
            #"create sa robot"#,
            #"""
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              creationTimestamp: null
              name: robot

            """#
        ),
        (
            #"create cronjob c --image=a --schedule=x -- date 1"#,
            #"""
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              creationTimestamp: null
              name: c
            spec:
              jobTemplate:
                metadata:
                  creationTimestamp: null
                  name: c
                spec:
                  template:
                    metadata:
                      creationTimestamp: null
                    spec:
                      containers:
                      - command:
                        - date
                        - "1"
                        image: a
                        name: c
                        resources: {}
                      restartPolicy: OnFailure
              schedule: x
            status: {}

            """#
        ),
        (
            #"create job j --image=a -n foo -- date"#,
            #"""
            apiVersion: batch/v1
            kind: Job
            metadata:
              creationTimestamp: null
              name: j
              namespace: foo
            spec:
              template:
                metadata:
                  creationTimestamp: null
                spec:
                  containers:
                  - command:
                    - date
                    image: a
                    name: j
                    resources: {}
                  restartPolicy: Never
            status: {}

            """#
        ),
        (
            #"create job j"#,
            #"""
            error: either --image or --from must be specified
            [exit 1]

            """#
        ),
        (
            #"create secret tls t"#,
            #"""
            error: key and cert must be specified
            [exit 1]

            """#
        ),
        (
            #"create secret docker-registry d --docker-username=u --docker-password=p --docker-email=e"#,
            #"""
            apiVersion: v1
            data:
              .dockerconfigjson: eyJhdXRocyI6eyJodHRwczovL2luZGV4LmRvY2tlci5pby92MS8iOnsidXNlcm5hbWUiOiJ1IiwicGFzc3dvcmQiOiJwIiwiZW1haWwiOiJlIiwiYXV0aCI6ImRUcHcifX19
            kind: Secret
            metadata:
              creationTimestamp: null
              name: d
            type: kubernetes.io/dockerconfigjson

            """#
        ),
        (
            #"create secret generic g --from-literal=a=b --type=Opaque"#,
            #"""
            apiVersion: v1
            data:
              a: Yg==
            kind: Secret
            metadata:
              creationTimestamp: null
              name: g
            type: Opaque

            """#
        ),
        (
            #"create secret generic g --from-literal=a=b --from-literal=a=c"#,
            #"""
            error: cannot add key a, another key by that name already exists
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=a=b --from-literal=a=c"#,
            #"""
            error: cannot add key "a", another key by that name already exists in Data for ConfigMap "g"
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=a~=b"#,
            #"""
            error: "a~" is not a valid key name for a ConfigMap: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
            [exit 1]

            """#
        ),
        (
            #"create secret generic g --from-literal=a~=b"#,
            #"""
            error: "a~" is not valid key name for a Secret a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-file=nope"#,
            #"""
            error: error reading nope: no such file or directory
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=x"#,
            #"""
            error: invalid literal source x, expected key=value
            [exit 1]

            """#
        ),
        (
            #"create deployment d --image=a --replicas=-5"#,
            #"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              creationTimestamp: null
              labels:
                app: d
              name: d
            spec:
              replicas: -5
              selector:
                matchLabels:
                  app: d
              strategy: {}
              template:
                metadata:
                  creationTimestamp: null
                  labels:
                    app: d
                spec:
                  containers:
                  - image: a
                    name: a
                    resources: {}
            status: {}

            """#
        ),
        (
            #"create deployment d --image=a --image=b -- date"#,
            #"""
            error: cannot specify multiple --image options and command
            [exit 1]

            """#
        ),
        (
            #"run --image=x"#,
            #"""
            error: NAME is required for run
            See 'kubectl run -h' for help and examples
            [exit 1]

            """#
        ),
        (
            #"run x --image=nginx --restart=Foo"#,
            #"""
            error: invalid restart policy: Foo
            See 'kubectl run -h' for help and examples
            [exit 1]

            """#
        ),
        (
            #"run x --image=A:B:C"#,
            #"""
            error: Invalid image name "A:B:C": invalid reference format
            [exit 1]

            """#
        ),
        (
            #"create sa"#,
            #"""
            error: exactly one NAME is required, got 0
            See 'kubectl create serviceaccount -h' for help and examples
            [exit 1]

            """#
        ),
    ]
}
